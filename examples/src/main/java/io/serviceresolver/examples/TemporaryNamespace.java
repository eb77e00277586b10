package io.serviceresolver.examples;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A namespace of a real API server with a Service and Pods that exist on paper only: they are bound to a node that does
 * not exist either, so no kubelet runs them, and have addresses for documentation (RFC 5737), which are nobody's. Closing
 * it removes all of it. Confined to one thread, but for {@link #close}.
 */
final class TemporaryNamespace implements AutoCloseable {

    private final KubernetesClient client;
    private final ScheduledExecutorService timer;

    /** The name of the namespace, and that of the node. */
    private final String name = String.format(
            Locale.ROOT,
            "service-resolver-demo-%05x",
            ThreadLocalRandom.current().nextInt(1 << 20));

    private final PodTemplateSpec template =
            Manifests.read("deploy.yml", Deployment.class).getSpec().getTemplate();

    TemporaryNamespace(KubernetesClient client, ScheduledExecutorService timer) {
        this.client = client;
        this.timer = timer;
    }

    String name() {
        return name;
    }

    /** Creates the namespace, the node and the Service. */
    void create() {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        client.nodes().resource(node()).create();
        Service service = Manifests.read("svc.yml", Service.class);
        service.getMetadata().setNamespace(name);
        client.services().inNamespace(name).resource(service).create();
    }

    /** A node that takes no other Pods. */
    private Node node() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("topology.kubernetes.io/zone", "zone-a")
                .endMetadata()
                .withNewSpec()
                .withUnschedulable(true)
                .addNewTaint()
                .withKey("demo.serviceresolver.io/no-kubelet")
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .build();
    }

    /** Creates a Pod that is ready. */
    void startPod(String pod, String address) {
        Pod bound = new PodBuilder(PodObjects.pending(pod, "v1", template))
                .editSpec()
                .withNodeName(name)
                .endSpec()
                .build();
        Await.until(timer, "Pods may be created in " + name, () -> create(bound));
        pod(pod).editStatus(created -> PodObjects.ready(created, address));
    }

    /** Pods are refused until a controller has made the service account of a new namespace. */
    private boolean create(Pod pod) {
        try {
            client.pods().inNamespace(name).resource(pod).create();
            return true;
        } catch (KubernetesClientException e) {
            boolean tooEarly = e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                    && String.valueOf(e.getMessage()).contains("service account");
            if (tooEarly) {
                return false;
            }
            throw e;
        }
    }

    /** The readiness probe of a Pod fails. */
    void failProbe(String pod, String address) {
        pod(pod).editStatus(created -> PodObjects.notReady(created, address));
    }

    /** Deletes a Pod: it is terminating until its node says that it has stopped. */
    void terminate(String pod) {
        pod(pod).delete();
    }

    /** Says that a Pod has stopped. */
    void stopped(String pod) {
        pod(pod).withGracePeriod(0).delete();
    }

    private PodResource pod(String pod) {
        return client.pods().inNamespace(name).withName(pod);
    }

    /** Removes everything, as far as that can be done. Again: no effect. */
    @Override
    public void close() {
        List<Runnable> steps = List.of(
                () -> client.pods().inNamespace(name).withGracePeriod(0).delete(),
                () -> client.services().inNamespace(name).delete(),
                () -> client.namespaces().withName(name).delete(),
                () -> client.nodes().withName(name).delete());
        List<KubernetesClientException> failures = new ArrayList<>();
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (KubernetesClientException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("namespace: " + name + " (expected: removed)", failures.get(0));
        }
    }
}
