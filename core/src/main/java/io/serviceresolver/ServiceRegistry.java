package io.serviceresolver;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.Subscription;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which services are followed. Handles are found by what callers write, in a cache that is bounded in number and in idle
 * time; what it evicts is no longer followed. A handle that somebody still holds is found again, and followed again when
 * it is used.
 */
final class ServiceRegistry {

    private static final Logger log = LoggerFactory.getLogger(ServiceRegistry.class);

    /** How often in an idle time-out the uses of handles are collected. */
    private static final int SWEEPS = 4;

    private final ResolverConfig config;
    private final SourceContext context;
    private final Executor callbacks;

    /** One look-up in so many also goes to the cache, so that it knows which names are used most. */
    private static final int NOTED = 64;

    /** The services in use, by each text that names them: bounded in number and in idle time, which takes a clock. */
    private final Cache<String, ServiceView> inUse;

    /** The same without a bound and a clock of its own: written only where the cache is, while it holds the entry's lock. */
    private final Map<String, ServiceView> found = new ConcurrentHashMap<>();

    /** All services that somebody can still reach, so that there are never two for one name. */
    private final Cache<Target, ServiceFeed> reachable =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

    /** The retries that each service can bear, whatever port of it is meant: for as long as one is followed. */
    private final Cache<Target, RetryBudget> budgets =
            Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

    private final List<ResolverListener> listeners = new CopyOnWriteArrayList<>();

    /** The services that listeners were told of. Event loop only. */
    private final Set<ServiceFeed> followed = new LinkedHashSet<>();

    /** Event loop only. */
    private boolean closed;

    ServiceRegistry(ResolverConfig config, SourceContext context, Executor callbacks) {
        this.config = config;
        this.context = context;
        this.callbacks = callbacks;
        this.inUse = Caffeine.newBuilder()
                .maximumSize(config.maxServices())
                // Longer than until the sweep that sees its last use.
                .expireAfterAccess(idleNanos() + sweepPeriod() * 3 / 2, TimeUnit.NANOSECONDS)
                .ticker(context.ticker()::getAsLong)
                .executor(Runnable::run)
                .evictionListener((text, view, cause) -> found.remove(Objects.requireNonNull(text)))
                .removalListener(this::evicted)
                .build();
    }

    void start() {
        context.topology().onChange(this::movedLater);
        long period = sweepPeriod();
        context.scheduler().scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.NANOSECONDS);
    }

    private long sweepPeriod() {
        return Math.max(1, idleNanos() / SWEEPS);
    }

    /** A century is as good as for ever, and can be added to. */
    private long idleNanos() {
        return Math.min(TimeUnit.NANOSECONDS.convert(config.idleTimeout()), TimeUnit.DAYS.toNanos(36_500));
    }

    /** A text for a target that is none that a caller could write: whether {@code skippy.shield} is refused does not depend on who else is called. */
    static String text(Target target) {
        return " " + target;
    }

    /** The handle that this text was last used for, if it is in use. */
    @Nullable
    ServiceView find(String text) {
        ServiceView view = found.get(text);
        if (view == null) {
            return null;
        }
        view.use();
        return context.random().nextInt() % NOTED == 0 ? inUse.getIfPresent(text) : view;
    }

    ServiceView open(Target name, String text) {
        return inUse.get(text, key -> {
            ServiceFeed feed = reachable.get(name, n -> new ServiceFeed(n, config, context, callbacks, this));
            feed.execute(() -> retain(feed, key));
            found.put(key, feed.root());
            return feed.root();
        });
    }

    /** The budget of a service, which all its ports have together. */
    RetryBudget budget(Target name) {
        return budgets.get(anyPort(name), service -> new RetryBudget(config.retries()));
    }

    private static Target anyPort(Target name) {
        return name instanceof ServiceName service && !service.port().equals(ServicePort.ONLY)
                ? service.withPort(ServicePort.ONLY)
                : name;
    }

    private void evicted(@Nullable String text, @Nullable ServiceView view, RemovalCause cause) {
        ServiceFeed feed = Objects.requireNonNull(view).feed();
        try {
            feed.execute(() -> feed.released(Objects.requireNonNull(text)));
        } catch (IllegalStateException closed) {
            log.debug("{}: let go after the end", feed.name());
        }
    }

    // All below runs on the event loop.

    /** A service that was opened while the resolver was closed is closed too. */
    private void retain(ServiceFeed feed, String key) {
        if (closed) {
            feed.close();
            inUse.invalidate(key);
        } else {
            feed.retained(key);
        }
    }

    /** Not at once: whoever learnt of our place is in the middle of something. */
    private void movedLater() {
        try {
            context.scheduler().execute(() -> reachable.asMap().values().forEach(ServiceFeed::moved));
        } catch (RejectedExecutionException e) {
            log.debug("our place became known after the end");
        }
    }

    /** Keeps what was used through a handle, and lets go of what nobody used. */
    private void sweep() {
        for (ServiceFeed feed : List.copyOf(reachable.asMap().values())) {
            feed.hosts().forEach(Host::note);
            feed.ledger().look();
            if (feed.takeUsed()) {
                int names = inUse.getAllPresent(feed.keys()).size();
                log.trace("{}: in use by {} names", feed.name(), names);
            }
        }
        inUse.cleanUp();
    }

    /** What is followed by other names of a port of the same service. */
    List<ServiceFeed> twins(ServiceFeed feed) {
        Target service = anyPort(feed.name());
        return followed.stream()
                .filter(other -> other != feed && anyPort(other.name()).equals(service))
                .toList();
    }

    void followed(ServiceFeed feed) {
        followed.add(feed);
        // A handle that was let go and is used again comes back under its own name.
        if (feed.keys().isEmpty()) {
            open(feed.name(), text(feed.name()));
        }
        tell(listener -> listener.serviceAdded(feed.root()));
    }

    void dropped(ServiceFeed feed) {
        followed.remove(feed);
        tell(listener -> listener.serviceRemoved(feed.root()));
    }

    private void tell(Consumer<ResolverListener> event) {
        for (ResolverListener listener : listeners) {
            tell(listener, event);
        }
    }

    private static void tell(ResolverListener listener, Consumer<ResolverListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException | Error e) {
            log.warn("a listener failed", e);
        }
    }

    Subscription addListener(ResolverListener listener) {
        AtomicBoolean ended = new AtomicBoolean();
        try {
            context.scheduler().execute(() -> {
                listeners.add(listener);
                if (ended.get()) {
                    listeners.remove(listener);
                } else {
                    followed.forEach(feed -> tell(listener, one -> one.serviceAdded(feed.root())));
                }
            });
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the resolver is closed", e);
        }
        return () -> {
            ended.set(true);
            listeners.remove(listener);
        };
    }

    void close() {
        closed = true;
        List.copyOf(reachable.asMap().values()).forEach(ServiceFeed::close);
        inUse.invalidateAll();
        found.clear();
        tell(ResolverListener::resolverClosed);
    }
}
