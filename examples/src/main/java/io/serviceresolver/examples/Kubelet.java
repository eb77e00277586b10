package io.serviceresolver.examples;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.serviceresolver.testkit.PodServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs Pods as HTTP servers of this process and reports their status to the API server, as the kubelets of a cluster do
 * with containers. Started and asked to terminate by one thread at a time.
 */
final class Kubelet implements AutoCloseable {

    /** Keeps a deleted Pod listed as terminating until it has stopped, as its grace period does in a cluster. */
    private static final String STILL_RUNS = "demo.serviceresolver.io/still-runs";

    private final KubernetesClient client;
    private final String namespace;
    private final PodAddresses addresses;
    private final Duration latency;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, DemoThreads.named("kubelet"));
    private final Set<RunningPod> running = ConcurrentHashMap.newKeySet();

    /**
     * A kubelet.
     *
     * @param client writes to the API server; its owner closes it
     * @param namespace the namespace of all Pods
     * @param addresses where Pods listen
     * @param latency how long a Pod works on a call
     */
    Kubelet(KubernetesClient client, String namespace, PodAddresses addresses, Duration latency) {
        this.client = client;
        this.namespace = namespace;
        this.addresses = addresses;
        this.latency = latency;
    }

    /**
     * Starts a Pod: it listens, and the API server knows of it, but not yet that it is ready.
     *
     * @param name the name of the Pod
     * @param version the value of its label {@code ver}
     * @param template what else it is like; the number of its port becomes that on which it really listens
     */
    RunningPod start(String name, String version, PodTemplateSpec template) {
        InetSocketAddress address = addresses.next();
        PodServer server = PodServer.start(name, address.getHostString(), address.getPort());
        RunningPod pod = new RunningPod(name, server);
        running.add(pod);
        latency(pod, latency);
        client.resource(pending(pod, version, template)).inNamespace(namespace).create();
        return pod;
    }

    /** Tells the API server that a Pod is ready. */
    void ready(RunningPod pod) {
        resource(pod)
                .editStatus(created -> PodObjects.ready(created, pod.server().address()));
    }

    /** Changes how long a Pod works on a call. */
    void latency(RunningPod pod, Duration takes) {
        pod.server().delay(takes, timer);
    }

    /** How long a Pod works on a call unless told otherwise. */
    Duration latency() {
        return latency;
    }

    private Pod pending(RunningPod pod, String version, PodTemplateSpec template) {
        return new PodBuilder(PodObjects.pending(pod.name(), version, template))
                .editMetadata()
                .withNamespace(namespace)
                .withFinalizers(STILL_RUNS)
                .endMetadata()
                .editSpec()
                .editFirstContainer()
                .editFirstPort()
                .withContainerPort(pod.server().port())
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }

    /**
     * Deletes a Pod. The API server lists it as terminating at once; it serves as before for a while, so that clients
     * can see that, then goes on with the calls it has only, and stops when they have ended.
     *
     * @param pod the Pod
     * @param grace how long it serves as before, as by a {@code preStop} hook
     * @return completes when the Pod has stopped and is gone from the API server
     */
    CompletableFuture<Void> terminate(RunningPod pod, Duration grace) {
        resource(pod).delete();
        CompletableFuture<Void> over = new CompletableFuture<>();
        timer.schedule(() -> over.complete(null), grace.toNanos(), TimeUnit.NANOSECONDS);
        return over.thenCompose(none -> pod.server().drain()).thenRunAsync(() -> stop(pod), timer);
    }

    private void stop(RunningPod pod) {
        pod.server().close();
        running.remove(pod);
        resource(pod)
                .edit(stopped -> new PodBuilder(stopped)
                        .editMetadata()
                        .withFinalizers()
                        .endMetadata()
                        .build());
    }

    private PodResource resource(RunningPod pod) {
        return client.pods().inNamespace(namespace).withName(pod.name());
    }

    /** Stops all Pods at once. */
    @Override
    public void close() {
        running.forEach(pod -> pod.server().close());
        timer.shutdownNow();
    }
}
