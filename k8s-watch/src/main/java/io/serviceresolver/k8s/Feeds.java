package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.PodSelection;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.EndpointLimit;
import io.serviceresolver.source.KnownEndpoint;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** All that is followed: each target once, however many follow it and whichever ports they mean. Thread-safe. */
final class Feeds {

    private static final ServicePort ANY_PORT = ServicePort.number(1);

    private final ApiClient client;
    private final WatchOptions options;
    private final HostLookup lookup;

    /** Written by the threads of the schedulers, each its own entries; read by whoever closes. */
    private final Map<Key, Feed> feeds = new ConcurrentHashMap<>();

    /** What the feeds of one scheduler share, until it is shut down. Written by that scheduler's thread; read by whoever closes. */
    private final Map<ScheduledExecutorService, FeedScope> scopes = new ConcurrentHashMap<>();

    /** Who follows what, whatever the port: each on the thread of its own scheduler. */
    private record Key(ScheduledExecutorService scheduler, Target target) {}

    Feeds(ApiClient client, WatchOptions options) {
        this.client = client;
        this.options = options;
        this.lookup = new HostLookup(options.access().resolver());
    }

    /** Starts to follow a target, by the watch that all its ports share. */
    SourceSubscription follow(Target target, SourceContext context, SourceListener listener) {
        FeedSubscription subscription = new FeedSubscription(
                target, listener, new EndpointLimit(target, options.maxEndpoints(), context.random()));
        Handle handle = new Handle(new Key(context.scheduler(), anyPort(target)), subscription, new Loop(context));
        handle.loop.run(() -> feed(handle.key, context).add(subscription));
        return handle;
    }

    /** Ends all, each on the thread of its scheduler. */
    void close() {
        feeds.forEach((key, feed) -> Loop.tryRun(key.scheduler(), feed::close));
        scopes.forEach((scheduler, scope) -> Loop.tryRun(scheduler, scope::close));
        lookup.close();
    }

    private static Target anyPort(Target target) {
        return target instanceof ServiceName service
                ? service.withPort(ServicePort.ONLY)
                : new PodSelection(target.namespace(), ((PodSelection) target).selector(), ANY_PORT);
    }

    private Feed feed(Key key, SourceContext context) {
        Feed known = feeds.get(key);
        if (known != null) {
            return known;
        }
        Feed feed = newFeed(key.target(), scope(context));
        feeds.put(key, feed);
        feed.start();
        return feed;
    }

    private Feed newFeed(Target target, FeedScope scope) {
        if (target instanceof PodSelection pods) {
            return new PodFeed(pods, scope.hub(pods.namespace()));
        }
        ServiceName service = (ServiceName) target;
        return options.access().route() == Route.POD ? new ServiceFeed(service, scope) : new RoutedFeed(service, scope);
    }

    private FeedScope scope(SourceContext context) {
        FeedScope known = scopes.get(context.scheduler());
        if (known != null) {
            return known;
        }
        scopes.keySet().removeIf(ScheduledExecutorService::isShutdown);
        FeedScope scope = new FeedScope(client, context, options, lookup);
        scopes.put(context.scheduler(), scope);
        scope.start();
        return scope;
    }

    private void leave(Key key, FeedSubscription subscription) {
        Feed feed = feeds.get(key);
        if (feed != null && feed.remove(subscription)) {
            feeds.remove(key);
            feed.close();
            @Nullable FeedScope scope = scopes.get(key.scheduler());
            if (scope != null) {
                scope.release();
            }
        }
    }

    /** One subscription, for whoever made it. */
    private final class Handle implements SourceSubscription {

        private final Key key;
        private final FeedSubscription subscription;
        private final Loop loop;

        Handle(Key key, FeedSubscription subscription, Loop loop) {
            this.key = key;
            this.subscription = subscription;
            this.loop = loop;
        }

        @Override
        public void requirePodLabels() {
            // The feed comes to be on the scheduler's thread, soon: this is to happen after that.
            loop.run(() -> {
                @Nullable Feed feed = open();
                if (feed != null) {
                    feed.requirePodLabels();
                }
            });
        }

        @Override
        public List<KnownEndpoint> explain() {
            @Nullable Feed feed = open();
            return feed == null ? List.of() : feed.explain(subscription);
        }

        @Override
        public CompletableFuture<EndpointSet> fetch() {
            CompletableFuture<EndpointSet> fetched = new CompletableFuture<>();
            loop.run(() -> {
                @Nullable Feed feed = open();
                if (feed == null) {
                    fetched.completeExceptionally(new CancellationException("the subscription was closed"));
                    return;
                }
                feed.fetch(subscription).whenComplete((set, problem) -> {
                    if (problem == null) {
                        fetched.complete(set);
                    } else {
                        fetched.completeExceptionally(problem);
                    }
                });
            });
            return fetched;
        }

        @Override
        public void close() {
            subscription.close();
            loop.run(() -> leave(key, subscription));
        }

        private @Nullable Feed open() {
            return subscription.isClosed() ? null : feeds.get(key);
        }
    }
}
