package io.serviceresolver;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.PodSelection;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.Subscription;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resolver: its threads, its sources, and the registry of services. */
final class DefaultServiceResolver implements ServiceResolver {

    private static final Logger log = LoggerFactory.getLogger(DefaultServiceResolver.class);

    private final ResolverConfig config;
    private final SourceContext context;
    private final ResolverThreads threads;
    private final ServiceRegistry registry;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DefaultServiceResolver(ResolverConfig config, SourceContext context, ResolverThreads threads) {
        this.config = config;
        this.context = context;
        this.threads = threads;
        this.registry = new ServiceRegistry(config, context, threads.callbacks());
    }

    static DefaultServiceResolver start(ResolverConfig config, SourceContext context, ResolverThreads threads) {
        DefaultServiceResolver started = new DefaultServiceResolver(config, context, threads);
        started.registry.start();
        return started;
    }

    boolean isClosed() {
        return closed.get();
    }

    @Override
    public ServiceHandle service(String service) {
        ServiceView found = registry.find(service);
        return found != null ? found : open(ServiceName.parse(service, context.cluster()), service);
    }

    @Override
    public ServiceHandle select(PodSelection pods) {
        return opened(pods);
    }

    @Override
    public ServiceHandle service(ServiceName service) {
        return opened(service);
    }

    private ServiceView opened(Target service) {
        String text = ServiceRegistry.text(service);
        ServiceView found = registry.find(text);
        return found != null ? found : open(service, text);
    }

    private ServiceView open(Target service, String text) {
        if (isClosed()) {
            throw EventLoop.closed(service);
        }
        return registry.open(service, text);
    }

    @Override
    public Subscription addListener(ResolverListener listener) {
        if (isClosed()) {
            throw new IllegalStateException("the resolver is closed");
        }
        return registry.addListener(listener);
    }

    /** The figures of a source, read from it. */
    private record Figures(EndpointSource source) implements SourceStats {

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public long requests() {
            return source.requests();
        }
    }

    @Override
    public List<SourceStats> sources() {
        return config.sources().stream().<SourceStats>map(Figures::new).toList();
    }

    @Override
    public ClusterContext cluster() {
        return context.cluster();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                context.scheduler().execute(this::closeAll);
            } catch (RejectedExecutionException e) {
                // Its owner has shut it down already: nothing else runs there any more.
                closeAll();
            }
            threads.awaitEnd();
        }
    }

    /** The last task of the event loop: what came before it finds everything in place. */
    private void closeAll() {
        try {
            registry.close();
            config.sources().forEach(DefaultServiceResolver::close);
        } finally {
            threads.shutdown();
        }
    }

    private static void close(EndpointSource source) {
        try {
            source.close();
        } catch (RuntimeException e) {
            log.warn("source {} failed to close", source.name(), e);
        }
    }
}
