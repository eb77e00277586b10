package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Kubernetes cluster of Pods and Services that exist only on paper, with a real API server in front: it writes the
 * EndpointSlices that Kubernetes' own controller would, at once, whenever something changes.
 *
 * <pre>{@code
 * try (FakeCluster cluster = FakeCluster.start()) {
 *     FakeNamespace shield = cluster.namespace("shield");
 *     shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
 *     shield.pod("skippy-1").label("app", "skippy").ip("127.0.0.2").ready();
 *     ...
 *     shield.pod("skippy-1").terminate();
 * }
 * }</pre>
 *
 * <p>Each call is one write, seen by whoever watches; {@link #apiServer} has the faults. Thread-safe.
 */
public final class FakeCluster implements AutoCloseable {

    private static final int ENDPOINTS_PER_SLICE = 100;

    private final ApiServer server = ApiServer.start();

    /** This and all that follows is guarded by this; namespaces, Pods and Services take the same lock. */
    private final Map<String, FakeNamespace> namespaces = new TreeMap<>();

    private final Map<String, FakeNode> nodes = new TreeMap<>();
    private int endpointsPerSlice = ENDPOINTS_PER_SLICE;
    private int uids;

    private FakeCluster() {}

    /** Starts an empty cluster. */
    public static FakeCluster start() {
        return new FakeCluster();
    }

    /**
     * A namespace: made when it is first asked for.
     *
     * @param name its name
     * @return the namespace
     */
    public synchronized FakeNamespace namespace(String name) {
        return namespaces.computeIfAbsent(name, missing -> new FakeNamespace(this, missing));
    }

    /**
     * A Service of the namespace {@code default}.
     *
     * @param name its name
     * @return the Service, made when it is first asked for
     */
    public FakeService service(String name) {
        return namespace("default").service(name);
    }

    /**
     * A Pod of the namespace {@code default}.
     *
     * @param name its name
     * @return the Pod, made when it is first asked for
     */
    public FakePod pod(String name) {
        return namespace("default").pod(name);
    }

    /**
     * A node: made when it is first asked for. Pods may be on nodes that were never asked for.
     *
     * @param name its name
     * @return the node, which the API knows from its first change on
     */
    public synchronized FakeNode node(String name) {
        return nodes.computeIfAbsent(name, missing -> new FakeNode(this, missing));
    }

    /**
     * How many endpoints one slice takes.
     *
     * @param most 100 by default, as in a real cluster; a small number makes several slices of a few Pods
     * @return this cluster
     */
    public synchronized FakeCluster endpointsPerSlice(int most) {
        endpointsPerSlice = most;
        return this;
    }

    /** The API server: for its faults, and for objects that no controller writes. */
    public ApiServer apiServer() {
        return server;
    }

    /** Where the API server listens: {@code http://127.0.0.1:40123}. */
    public URI uri() {
        return server.uri();
    }

    /** A kubeconfig for this cluster, as YAML. */
    public String kubeconfig() {
        return server.kubeconfig();
    }

    /** Stops the API server. */
    @Override
    public void close() {
        server.close();
    }

    synchronized int endpointsPerSlice() {
        return endpointsPerSlice;
    }

    synchronized String newUid() {
        uids++;
        return "00000000-0000-4000-8000-" + String.format("%012d", uids);
    }

    void put(ObjectNode object) {
        server.put(object);
    }

    void delete(ObjectNode object) {
        server.delete(object);
    }
}
