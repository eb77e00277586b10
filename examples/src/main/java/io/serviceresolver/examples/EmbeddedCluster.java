package io.serviceresolver.examples;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A small cluster in this process, on the loopback network: an API server, the controller that writes EndpointSlices,
 * Pods that are real HTTP servers, and cluster DNS. Used by one thread at a time.
 */
final class EmbeddedCluster implements AutoCloseable {

    static final String NAMESPACE = "shield";

    /** A cluster has 100; with fewer, even ten Pods need several slices. */
    private static final int MAX_ENDPOINTS_PER_SLICE = 4;

    private final MockApiServer api;
    private final KubernetesClient client;
    private final SliceController controller;
    private final ClusterDns dns = new ClusterDns();
    private final Kubelet kubelet;

    /** The Pods that are not terminating. */
    private final List<RunningPod> pods = new ArrayList<>();

    private EmbeddedCluster(MockApiServer api, PodAddresses addresses, Duration podLatency) {
        this.api = api;
        this.client = api.client();
        this.controller = SliceController.start(client, NAMESPACE, MAX_ENDPOINTS_PER_SLICE, dns::publish);
        this.kubelet = new Kubelet(client, NAMESPACE, addresses, podLatency);
    }

    /**
     * Starts a cluster without Pods and Services.
     *
     * @param addresses where Pods listen
     * @param podLatency how long Pods work on a call
     */
    static EmbeddedCluster start(PodAddresses addresses, Duration podLatency) {
        return new EmbeddedCluster(MockApiServer.start(), addresses, podLatency);
    }

    /** Creates all objects of a manifest, as {@code kubectl apply} does: the objects. */
    List<HasMetadata> apply(String manifest) {
        List<HasMetadata> objects = Manifests.read(manifest);
        objects.forEach(object -> client.resource(object).create());
        return objects;
    }

    /** Starts one more Pod of the Deployment in {@code deploy.yml}; it is to be {@linkplain #ready reported ready}. */
    RunningPod startPod(String name, String version) {
        PodTemplateSpec template =
                Manifests.read("deploy.yml", Deployment.class).getSpec().getTemplate();
        RunningPod pod = kubelet.start(name, version, template);
        pods.add(pod);
        return pod;
    }

    /** Reports that a Pod is ready. */
    void ready(RunningPod pod) {
        kubelet.ready(pod);
    }

    /** The Pods that are not terminating, the oldest one first. */
    List<RunningPod> pods() {
        return List.copyOf(pods);
    }

    Kubelet kubelet() {
        return kubelet;
    }

    /** Deletes a Pod as {@link Kubelet#terminate} does. */
    CompletableFuture<Void> terminate(RunningPod pod, Duration grace) {
        pods.remove(pod);
        return kubelet.terminate(pod, grace);
    }

    /** A client of the API server: not to be closed. */
    KubernetesClient client() {
        return client;
    }

    /** Another client of the API server: close it. */
    KubernetesClient newClient() {
        return api.client();
    }

    /** The slices of a Service, as they are now. */
    List<EndpointSlice> slices(String service) {
        return client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(NAMESPACE)
                .withLabel(SlicePlan.SERVICE_LABEL, service)
                .list()
                .getItems();
    }

    /** Whether the slices of all Services tell of the Pods as they are: of all that are not terminating, and no others. */
    boolean hasSettled() {
        return client.services().inNamespace(NAMESPACE).list().getItems().stream()
                .map(service -> slices(service.getMetadata().getName()))
                .allMatch(this::areReady);
    }

    private boolean areReady(List<EndpointSlice> slices) {
        List<Endpoint> endpoints =
                slices.stream().flatMap(slice -> slice.getEndpoints().stream()).toList();
        return endpoints.size() == pods.size()
                && endpoints.stream()
                        .allMatch(endpoint ->
                                Boolean.TRUE.equals(endpoint.getConditions().getReady()));
    }

    /** Where to ask cluster DNS. */
    InetSocketAddress dns() {
        return dns.address();
    }

    /** The cluster IP of a Service of all Pods, as they are now: close it. */
    ClusterIp clusterIp() {
        return ClusterIp.of(pods.stream()
                .map(pod -> new InetSocketAddress(
                        pod.server().address(), pod.server().port()))
                .toList());
    }

    /** Stops the API server, and the controller with it. */
    void stopApiServer() {
        controller.close();
        api.close();
    }

    /** Starts the API server again, with all it knew. */
    void restartApiServer() {
        api.restart();
    }

    void stopDns() {
        dns.close();
    }

    @Override
    public void close() {
        controller.close();
        client.close();
        api.close();
        dns.close();
        kubelet.close();
    }
}
