package io.serviceresolver.apiserver;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceList;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A new namespace of the cluster that the environment names, with Nodes in two zones, and what tests do in it: they
 * make Pods and write their status as a kubelet would. Closing it removes all that was made. Thread-safe.
 */
final class RealNamespace implements AutoCloseable {

    private static final String ZONE_LABEL = "topology.kubernetes.io/zone";
    private static final int CONCURRENCY = 8;
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final PatchContext JSON = PatchContext.of(PatchType.JSON);

    private final ExecutorService threads = Executors.newFixedThreadPool(CONCURRENCY);
    private final KubernetesClient client;
    private final String name;
    private final List<String> nodes;
    private final AtomicInteger addresses = new AtomicInteger();

    private RealNamespace(KubernetesClient client) {
        this.client = client;
        Namespace namespace = client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("service-resolver-test-")
                        .endMetadata()
                        .build())
                .create();
        name = namespace.getMetadata().getName();
        nodes = List.of(name + "-1", name + "-2", name + "-3");
        nodes.forEach(node -> client.nodes().resource(node(node)).create());
    }

    /** Makes one. */
    static RealNamespace create() {
        Config config = Config.fromKubeconfig(kubeconfig().toFile());
        return new RealNamespace(
                new KubernetesClientBuilder().withConfig(config).build());
    }

    private Node node(String node) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(node)
                .addToLabels(ZONE_LABEL, zone(node))
                .endMetadata()
                .build();
    }

    /** The file that the environment names. */
    static Path kubeconfig() {
        return Path.of(RealApiServerCondition.kubeconfig().orElseThrow());
    }

    String name() {
        return name;
    }

    KubernetesClient client() {
        return client;
    }

    /** The names of its Nodes. */
    List<String> nodes() {
        return nodes;
    }

    /** The zone of one of its Nodes. */
    static String zone(String node) {
        return node.endsWith("1") ? "zone-a" : "zone-b";
    }

    /** Whether the server takes a Service of both address families; says so on standard output where it does not. */
    boolean takesDualStack() {
        Service service = RealPods.service("dual-stack")
                .editSpec()
                .withIpFamilyPolicy("RequireDualStack")
                .withIpFamilies("IPv4", "IPv6")
                .endSpec()
                .build();
        try {
            service = client.services()
                    .inNamespace(name)
                    .resource(service)
                    .dryRun()
                    .create();
            if (service.getSpec().getIpFamilies().size() == 2) {
                return true;
            }
        } catch (KubernetesClientException e) {
            // It says no: that is an answer.
        }
        System.out.println("SKIPPED Services of two address families: this API server takes none");
        return false;
    }

    /** An IPv4 address that no other Pod here has. */
    String newAddress() {
        int number = addresses.incrementAndGet();
        return "10.244." + number / 250 + "." + (1 + number % 250);
    }

    /** The IPv6 address of the Pod that has this IPv4 address. */
    static String ipv6(String ipv4) {
        return "fd00::" + ipv4.replace(".", ":");
    }

    /** Does it for each, a few at a time, and fails if one fails. */
    <T> void forEach(Collection<T> all, Consumer<T> action) {
        CompletableFuture.allOf(all.stream()
                        .map(one -> CompletableFuture.runAsync(() -> action.accept(one), threads))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    /** Makes a Pod with this status. */
    void add(Pod pod) {
        addPending(pod);
        setStatus(pod.getMetadata().getName(), pod.getStatus());
    }

    /** Makes a Pod that no kubelet has taken up yet. */
    void addPending(Pod pod) {
        client.pods().inNamespace(name).resource(pod).create();
    }

    void add(Service service) {
        client.services().inNamespace(name).resource(service).create();
    }

    /** Writes what is set in this status, as a kubelet would. */
    void setStatus(String pod, PodStatus status) {
        pod(pod).subresource("status").patch(MERGE, json(Map.of("status", status)));
    }

    void setReady(String pod, String value) {
        setStatus(pod, RealPods.ready(value));
    }

    void add(EndpointSlice slice) {
        slices().resource(slice).create();
    }

    /** Puts this slice in the place of the one of its name. */
    void replace(EndpointSlice slice) {
        slices().resource(slice).update();
    }

    /** Puts this Service in the place of the one of its name, whose cluster IP it keeps. */
    void replace(Service service) {
        client.services().inNamespace(name).resource(service).patch(MERGE);
    }

    Service service(String service) {
        return client.services().inNamespace(name).withName(service).require();
    }

    /** Writes what a kubelet says of a Node. */
    void setNodeStatus(String node, String ready, String address) {
        String status = json(Map.of(
                "status",
                Map.of(
                        "addresses", List.of(Map.of("type", "InternalIP", "address", address)),
                        "conditions", List.of(Map.of("type", "Ready", "status", ready)))));
        client.nodes().withName(node).subresource("status").patch(MERGE, status);
    }

    /** Writes what a cloud says of the load balancer of a Service. */
    void setLoadBalancer(String service, List<String> addresses) {
        List<Map<String, String>> ingress =
                addresses.stream().map(ip -> Map.of("ip", ip)).toList();
        String status = json(Map.of("status", Map.of("loadBalancer", Map.of("ingress", ingress))));
        client.services()
                .inNamespace(name)
                .withName(service)
                .subresource("status")
                .patch(MERGE, status);
    }

    void deleteSlice(String slice) {
        slices().withName(slice).delete();
    }

    void deleteService(String service) {
        client.services().inNamespace(name).withName(service).delete();
    }

    private NonNamespaceOperation<EndpointSlice, EndpointSliceList, Resource<EndpointSlice>> slices() {
        return client.discovery().v1().endpointSlices().inNamespace(name);
    }

    /** What a watch on all slices since this version says in its first second. */
    String watchSlices(String since) {
        return client.raw("/apis/discovery.k8s.io/v1/namespaces/" + name
                + "/endpointslices?watch=true&timeoutSeconds=1&resourceVersion=" + since);
    }

    void setLabels(String pod, Map<String, String> labels) {
        pod(pod).patch(JSON, replacement("/metadata/labels", labels));
    }

    void setSelector(String service, Map<String, String> selector) {
        client.services().inNamespace(name).withName(service).patch(JSON, replacement("/spec/selector", selector));
    }

    /** Begins to delete a Pod, which stays, terminating, as no kubelet ends it. */
    void terminate(String pod) {
        pod(pod).withGracePeriod(3600).delete();
    }

    /** Ends a Pod at once. */
    void remove(String pod) {
        pod(pod).withGracePeriod(0).delete();
    }

    /** The UID that the server gave a Pod. */
    String uid(String pod) {
        return pod(pod).get().getMetadata().getUid();
    }

    List<EndpointSlice> slicesOf(String service) {
        return slices().withLabel("kubernetes.io/service-name", service).list().getItems();
    }

    List<Pod> pods() {
        return client.pods().inNamespace(name).list().getItems();
    }

    List<Service> services() {
        return client.services().inNamespace(name).list().getItems();
    }

    private PodResource pod(String pod) {
        return client.pods().inNamespace(name).withName(pod);
    }

    private String replacement(String path, Map<String, String> value) {
        return json(List.of(Map.of("op", "add", "path", path, "value", value)));
    }

    private String json(Object value) {
        return client.getKubernetesSerialization().asJson(value);
    }

    /** Removes all that was made: not every server empties a namespace that is deleted. */
    @Override
    public void close() {
        try {
            // Of Services not every server takes the collection as a whole.
            forEach(services(), service -> deleteService(service.getMetadata().getName()));
            for (String collection : List.of(
                    "/apis/discovery.k8s.io/v1/namespaces/" + name + "/endpointslices",
                    "/api/v1/namespaces/" + name + "/endpoints",
                    "/api/v1/namespaces/" + name + "/pods")) {
                client.raw(collection + "?gracePeriodSeconds=0", "DELETE", null);
            }
            nodes.forEach(node -> client.nodes().withName(node).delete());
            client.namespaces().withName(name).delete();
        } finally {
            threads.shutdownNow();
            client.close();
        }
    }
}
