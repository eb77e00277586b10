package io.serviceresolver.testkit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A namespace of a {@link FakeCluster}. Thread-safe. */
public final class FakeNamespace {

    private final FakeCluster cluster;
    private final String name;

    /** Guarded by the cluster, as is the next one. */
    private final Map<String, FakeService> services = new TreeMap<>();

    private final Map<String, FakePod> pods = new TreeMap<>();

    FakeNamespace(FakeCluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
    }

    /** The name of this namespace. */
    public String name() {
        return name;
    }

    /**
     * A Service: the API knows it once it has a port, or is headless; it has slices once it has a selector too.
     *
     * @param service its name
     * @return the Service, made when it is first asked for
     */
    public FakeService service(String service) {
        synchronized (cluster) {
            return services.computeIfAbsent(service, missing -> new FakeService(this, missing));
        }
    }

    /**
     * A Pod: slices have it once it has an address.
     *
     * @param pod its name
     * @return the Pod, made when it is first asked for: not ready
     */
    public FakePod pod(String pod) {
        synchronized (cluster) {
            return pods.computeIfAbsent(pod, missing -> new FakePod(this, missing, cluster.newUid()));
        }
    }

    FakeCluster cluster() {
        return cluster;
    }

    /** The Pods, by name. */
    List<FakePod> pods() {
        return List.copyOf(pods.values());
    }

    void forget(FakePod pod) {
        pods.remove(pod.name());
    }

    void forget(FakeService service) {
        services.remove(service.name());
    }

    /** Writes what changed of all slices. */
    void sync() {
        services.values().forEach(FakeService::sync);
    }
}
