package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.k8s.ServiceKnowledge.Known;
import io.serviceresolver.source.KnownEndpoint;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceAnswer.Absent;
import io.serviceresolver.source.SourceAnswer.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one Service, kept current by one watch for all who want to know, whichever port they mean. Used by the
 * scheduler's thread.
 */
final class ServiceFeed implements Feed, Reflector.State<Slice>, Announcer.Answers {

    private static final Duration LIMBO = Duration.ofSeconds(1);
    private static final int MAX_SLICES = 2000;

    private final ServiceName service;
    private final WatchOptions options;
    private final Loop loop;
    private final Announcer announcer;
    private final Share slices;
    private final Fetches<Slice> fetches;
    private final ServiceWatch serviceWatch;
    private final PodLabelJoin labels;
    private final SliceMerge merge = new SliceMerge(LIMBO.toNanos());
    private @Nullable Future<?> departure;

    ServiceFeed(ServiceName service, NamespaceHub hub) {
        this.service = service;
        this.options = hub.api().options();
        this.loop = new Loop(hub.api().context());
        ApiResource resource = ApiResource.slicesOf(service);
        this.announcer = new Announcer(service, resource, options, loop, this);
        this.slices = hub.slicesOf(service, this);
        this.fetches = new Fetches<>(hub.api(), resource, hub.sliceReader(service));
        this.serviceWatch = new ServiceWatch(service, hub, this::serviceChanged);
        this.labels = new PodLabelJoin(service, hub, announcer::publish);
    }

    @Override
    public void start() {
        announcer.start();
        slices.start();
    }

    @Override
    public void add(FeedSubscription subscription) {
        announcer.add(subscription);
    }

    @Override
    public boolean remove(FeedSubscription subscription) {
        return announcer.remove(subscription);
    }

    @Override
    public void close() {
        announcer.close();
        slices.close();
        fetches.close();
        serviceWatch.close();
        labels.close();
        Announcer.cancel(departure);
    }

    @Override
    public void requirePodLabels() {
        serviceWatch.follow();
        labels.require(serviceWatch.knowledge());
    }

    private void serviceChanged() {
        labels.follow(serviceWatch.knowledge());
        announcer.publish();
    }

    @Override
    public boolean replaceAll(List<Slice> items) {
        boolean changed = merge.replaceAll(items, loop.now());
        announcer.completed();
        return changed;
    }

    @Override
    public void put(Slice slice) {
        merge.put(slice, loop.now());
    }

    @Override
    public void remove(String name) {
        merge.remove(name, loop.now());
    }

    @Override
    public boolean isEmpty() {
        return merge.slices().isEmpty();
    }

    @Override
    public void changed() {
        announcer.publish();
    }

    @Override
    public void live() {
        announcer.live(merge.slices().size());
    }

    @Override
    public void lost(ApiFailure failure) {
        announcer.lost(failure);
    }

    @Override
    public void told() {
        Announcer.cancel(departure);
        departure = null;
        merge.nextDeparture().ifPresent(at -> {
            departure = loop.after(Duration.ofNanos(at - loop.now()), announcer::publish);
        });
    }

    @Override
    public @Nullable SourceAnswer answer(FeedSubscription subscription) {
        ServiceKnowledge knowledge = serviceWatch.knowledge();
        if (merge.isEmpty(loop.now()) && !(knowledge instanceof Known)) {
            return new Absent("no EndpointSlice with kubernetes.io/service-name=" + service.service() + " in namespace "
                    + service.namespace());
        }
        PortDecision decision = decide(subscription, merge);
        if (decision instanceof PortDecision.Use use) {
            return found(subscription, use.choice(), knowledge);
        }
        if (decision instanceof PortDecision.Refused refused) {
            return new Unavailable(refused.reason());
        }
        return serviceWatch.follow().map(Unavailable::new).orElse(null);
    }

    private PortDecision decide(FeedSubscription subscription, SliceMerge from) {
        return PortDecider.decide(
                service.withPort(subscription.port()), from.sources(loop.now()), serviceWatch.knowledge());
    }

    private SourceAnswer found(FeedSubscription subscription, PortChoice choice, ServiceKnowledge knowledge) {
        List<Endpoint> endpoints = union(merge, choice, knowledge);
        if (endpoints.size() > options.maxEndpoints() || merge.slices().size() > MAX_SLICES) {
            return new Unavailable(
                    "endpoints: " + endpoints.size() + " in " + merge.slices().size() + " slices (expected: "
                            + options.maxEndpoints() + " in " + MAX_SLICES + " at most)");
        }
        return subscription.found(labels.join(endpoints, subscription.cache()), traits());
    }

    private List<Endpoint> union(SliceMerge from, PortChoice choice, ServiceKnowledge knowledge) {
        List<AddressFamily> families =
                knowledge instanceof Known known ? known.service().families() : List.of(AddressFamily.values());
        return from.union(choice, families, loop.now());
    }

    private ServiceTraits traits() {
        return ServiceTraits.DEFAULT.withPodLabels(labels.status());
    }

    @Override
    public List<KnownEndpoint> explain(FeedSubscription subscription) {
        PortDecision decision = decide(subscription, merge);
        SliceExplainer explainer =
                new SliceExplainer(service.namespace(), merge.slices(), merge.sources(loop.now()), loop.now());
        List<Endpoint> chosen = decision instanceof PortDecision.Use use
                ? union(merge, use.choice(), serviceWatch.knowledge())
                : List.of();
        return explainer.explain(decision, chosen).stream()
                .map(known -> labels.join(known))
                .toList();
    }

    @Override
    public CompletableFuture<EndpointSet> fetch(FeedSubscription subscription) {
        return fetches.fetch(items -> {
            SliceMerge fresh = new SliceMerge(0);
            fresh.replaceAll(items, loop.now());
            PortDecision decision = decide(subscription, fresh);
            if (decision instanceof PortDecision.Use use) {
                List<Endpoint> endpoints = union(fresh, use.choice(), serviceWatch.knowledge());
                return EndpointSet.EMPTY.next(labels.join(endpoints, new EndpointCache()), traits());
            }
            throw new IllegalStateException(SliceExplainer.reason(decision));
        });
    }
}
