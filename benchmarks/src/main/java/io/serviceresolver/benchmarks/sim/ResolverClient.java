package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.call.Lease;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.health.OutlierPolicy;
import java.util.random.RandomGenerator;

/** A client that uses this library, as any program does: a resolver of its own, a handle, a lease for each call. */
final class ResolverClient implements Client {

    private final ServiceResolver resolver;
    private final ServiceHandle handle;

    ResolverClient(
            Fleet fleet, Events events, RandomGenerator random, BalancerFactory balancer, OutlierPolicy outliers) {
        resolver = ServiceResolver.builder()
                .source(fleet.source())
                .balancer(balancer)
                .outliers(outliers)
                .cluster(new ClusterContext(ClusterContext.DEFAULT_NAMESPACE, ClusterContext.DEFAULT_DOMAIN))
                .topology(Topology.UNKNOWN)
                .time(events.timers()::nanoTime, events.timers())
                .random(random)
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
