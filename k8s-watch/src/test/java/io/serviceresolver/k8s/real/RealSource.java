package io.serviceresolver.k8s.real;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.k8s.EndpointSliceSource;
import io.serviceresolver.k8s.Route;
import io.serviceresolver.source.SourceContext;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Our source before the real API server, in real time, on a scheduler of its own. */
final class RealSource implements AutoCloseable {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final EndpointSliceSource source;
    private final SourceContext context;

    RealSource(Path kubeconfig, RealNamespace cluster) {
        source = EndpointSliceSource.builder()
                .kubeconfig(kubeconfig)
                .route(Route.POD)
                .build();
        context = new SourceContext(
                System::nanoTime,
                scheduler,
                new Random(),
                new ClusterContext(cluster.name(), ClusterContext.DEFAULT_DOMAIN));
    }

    /** Follows a service for as long as this is open. */
    RealFollower follow(String name) {
        RealFollower follower = new RealFollower();
        ServiceName service = ServiceName.parse(name, context.cluster());
        scheduler.execute(() -> source.subscribe(service, context, follower));
        return follower;
    }

    @Override
    public void close() {
        source.close();
        scheduler.shutdown();
    }
}
