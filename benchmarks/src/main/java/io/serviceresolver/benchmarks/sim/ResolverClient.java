package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.ServiceResolverBuilder;
import io.serviceresolver.call.Lease;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Topology;
import java.util.function.UnaryOperator;

/** A client that uses this library, as any program does: a resolver of its own, a handle, a lease for each call. */
final class ResolverClient implements Client {

    private final ServiceResolver resolver;
    private final ServiceHandle handle;

    /**
     * Makes a client.
     *
     * @param configuration how it chooses
     */
    ResolverClient(Fleet fleet, Events events, UnaryOperator<ServiceResolverBuilder> configuration) {
        resolver = configuration
                .apply(ServiceResolver.builder())
                .source(fleet.source())
                .cluster(new ClusterContext(ClusterContext.DEFAULT_NAMESPACE, ClusterContext.DEFAULT_DOMAIN))
                .topology(Topology.UNKNOWN)
                .time(events.timers()::nanoTime, events.timers())
                .build();
        handle = resolver.service(Fleet.SERVICE);
    }

    @Override
    public Lease acquire() {
        return handle.acquire();
    }

    @Override
    public void close() {
        resolver.close();
    }
}
