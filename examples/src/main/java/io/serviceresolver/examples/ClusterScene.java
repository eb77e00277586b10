package io.serviceresolver.examples;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.stream.Collectors;

/** Sets up the cluster from the manifests. */
final class ClusterScene implements Scene {

    private static final List<String> MANIFESTS =
            List.of("namespace.yml", "deploy.yml", "svc.yml", "load-balancer.yml");
    private static final String[] SERVICES = {"skippy", "skippy-headless", "skippy-public"};

    @Override
    public String title() {
        return "A cluster in this JVM";
    }

    @Override
    public void play(Stage stage) {
        Console console = stage.console();
        EmbeddedCluster cluster = stage.cluster();
        console.line("API server at %s, cluster DNS at %s", cluster.client().getMasterUrl(), cluster.dns());
        for (String manifest : MANIFESTS) {
            List<HasMetadata> objects = cluster.apply(manifest);
            console.line(
                    "applied %-18s %s",
                    manifest, objects.stream().map(ClusterScene::named).collect(Collectors.joining(", ")));
        }
        int pods = stage.settings().pods();
        for (int i = 0; i < pods; i++) {
            cluster.ready(cluster.startPod("skippy-v1-" + DemoSettings.letter(i), "v1"));
        }
        RunningPod first = cluster.pods().get(0);
        console.line("started %d Pods, each an HTTP server; the first one is %s", pods, first.server());
        Await.until(stage.timer(), "the slices tell of all Pods", cluster::hasSettled);
        for (String service : SERVICES) {
            List<EndpointSlice> slices = cluster.slices(service);
            int selected = slices.stream()
                    .mapToInt(slice -> slice.getEndpoints().size())
                    .sum();
            console.line(
                    "%-16s selector app=skippy matches %d Pods: %d EndpointSlices written",
                    service, selected, slices.size());
        }
    }

    private static String named(HasMetadata object) {
        String type = object instanceof Service service && service.getSpec().getType() != null
                ? " (" + service.getSpec().getType() + ")"
                : "";
        return object.getKind() + " " + object.getMetadata().getName() + type;
    }
}
