package io.serviceresolver.apiserver;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.PodSelection;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.k8s.AccessReport;
import io.serviceresolver.k8s.ApiUse;
import io.serviceresolver.k8s.EndpointSliceSource;
import io.serviceresolver.k8s.Route;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.source.SourceContext;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Our source before the real API server, in real time, on a scheduler of its own. */
final class RealSource implements AutoCloseable {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final EndpointSliceSource source;
    private final SourceContext context;

    RealSource(Path kubeconfig, RealNamespace cluster) {
        this(kubeconfig, cluster, Route.POD);
    }

    RealSource(Path kubeconfig, RealNamespace cluster, Route route) {
        source = EndpointSliceSource.builder()
                .kubeconfig(kubeconfig)
                .route(route)
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

    /** Follows a service whose endpoints are to bear the labels of their Pods. */
    RealFollower followWithLabels(String name) {
        RealFollower follower = new RealFollower();
        ServiceName service = ServiceName.parse(name, context.cluster());
        scheduler.execute(() -> source.subscribe(service, context, follower).requirePodLabels());
        return follower;
    }

    /** Follows the Pods that a selector finds. */
    RealFollower select(String selector, ServicePort port) {
        RealFollower follower = new RealFollower();
        PodSelection pods = new PodSelection(context.cluster().namespace(), LabelSelector.parse(selector), port);
        scheduler.execute(() -> source.subscribe(pods, context, follower));
        return follower;
    }

    /** What we may do in the namespace of the test, for these uses. */
    AccessReport checkAccess(ApiUse... uses) throws Exception {
        return source.checkAccess(Set.of(uses), Set.of(context.cluster().namespace()))
                .get(40, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        source.close();
        scheduler.shutdown();
    }
}
