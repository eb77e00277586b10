package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A Pod of a {@link FakeCluster}: each call is one write. Thread-safe. */
public final class FakePod {

    private final FakeNamespace namespace;
    private final FakeCluster cluster;
    private final String name;
    private final String uid;

    /** This and all that follows is guarded by the cluster. */
    private final Map<String, String> labels = new TreeMap<>();

    private final Map<String, Integer> containerPorts = new TreeMap<>();
    private List<String> addresses = List.of();
    private @Nullable String node;
    private @Nullable String zone;
    private @Nullable String hostname;
    private String phase = "Running";
    private boolean ready;
    private boolean terminating;

    FakePod(FakeNamespace namespace, String name, String uid) {
        this.namespace = namespace;
        this.cluster = namespace.cluster();
        this.name = name;
        this.uid = uid;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What tells it from another Pod of the same name: the UID. */
    public String uid() {
        return uid;
    }

    /**
     * Sets a label.
     *
     * @param key its key
     * @param value its value
     * @return this Pod
     */
    public FakePod label(String key, String value) {
        return write(() -> labels.put(key, value));
    }

    /**
     * Takes a label away.
     *
     * @param key its key
     * @return this Pod
     */
    public FakePod unlabel(String key) {
        return write(() -> labels.remove(key));
    }

    /**
     * Sets the addresses.
     *
     * @param each one for each family that it has
     * @return this Pod
     */
    public FakePod ip(String... each) {
        return write(() -> addresses = List.copyOf(Arrays.asList(each)));
    }

    /**
     * Puts it on a node.
     *
     * @param nodeName the name of the node
     * @param nodeZone the zone of the node
     * @return this Pod
     */
    public FakePod node(String nodeName, String nodeZone) {
        return write(() -> {
            node = nodeName;
            zone = nodeZone;
        });
    }

    /**
     * Sets the host name, as a Pod of a StatefulSet has one.
     *
     * @param value the host name
     * @return this Pod
     */
    public FakePod hostname(String value) {
        return write(() -> hostname = value);
    }

    /**
     * Names a port, so that a Service can mean it by its name.
     *
     * @param portName the name
     * @param number the port
     * @return this Pod
     */
    public FakePod containerPort(String portName, int number) {
        return write(() -> containerPorts.put(portName, number));
    }

    /** Lets it pass its readiness probe: this Pod. */
    public FakePod ready() {
        return write(() -> ready = true);
    }

    /** Lets it fail its readiness probe: this Pod. */
    public FakePod unready() {
        return write(() -> ready = false);
    }

    /**
     * Sets the phase.
     *
     * @param value {@code Running} by default; a Pod that has {@code Succeeded} or {@code Failed} has no endpoints
     * @return this Pod
     */
    public FakePod phase(String value) {
        return write(() -> phase = value);
    }

    /** Begins to delete it: it is terminating, and serves on if it was ready. */
    public FakePod terminate() {
        return write(() -> terminating = true);
    }

    /** Removes it: the next Pod of this name is another one. */
    public void delete() {
        synchronized (cluster) {
            namespace.forget(this);
            cluster.delete(json());
            namespace.sync();
        }
    }

    private FakePod write(Runnable change) {
        synchronized (cluster) {
            change.run();
            cluster.put(json());
            namespace.sync();
        }
        return this;
    }

    boolean matches(Map<String, String> selector) {
        return labels.entrySet().containsAll(selector.entrySet())
                && !Set.of("Succeeded", "Failed").contains(phase);
    }

    /** Its address of this family, if it has one. */
    Optional<String> address(String family) {
        boolean v6 = family.equals("IPv6");
        return addresses.stream().filter(address -> address.contains(":") == v6).findFirst();
    }

    /** The number of a port that it gave this name, if it did. */
    Optional<Integer> containerPort(String portName) {
        return Optional.ofNullable(containerPorts.get(portName));
    }

    /** Fills in what a slice says of it. */
    void describe(ObjectNode endpoint, FakeService service) {
        endpoint.putObject("conditions")
                .put("ready", service.publishesNotReady() || (ready && !terminating))
                .put("serving", ready)
                .put("terminating", terminating);
        if (hostname != null) {
            endpoint.put("hostname", hostname);
        }
        if (node != null) {
            endpoint.put("nodeName", node);
            endpoint.put("zone", zone);
        }
        SliceJson.target(endpoint, name, uid);
    }

    private ObjectNode json() {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata");
        metadata.put("name", name).put("namespace", namespace.name()).put("uid", uid);
        labels.forEach(metadata.putObject("labels")::put);
        if (terminating) {
            metadata.put("deletionTimestamp", "2026-01-01T00:00:00Z");
        }
        ObjectNode spec = pod.putObject("spec");
        if (node != null) {
            spec.put("nodeName", node);
        }
        if (hostname != null) {
            spec.put("hostname", hostname);
        }
        ObjectNode container = spec.withArrayProperty("containers").addObject().put("name", "main");
        containerPorts.forEach((port, number) -> container
                .withArrayProperty("ports")
                .addObject()
                .put("name", port)
                .put("containerPort", number));
        ObjectNode status = pod.putObject("status").put("phase", phase);
        addresses.forEach(
                address -> status.withArrayProperty("podIPs").addObject().put("ip", address));
        status.withArrayProperty("conditions").addObject().put("type", "Ready").put("status", ready ? "True" : "False");
        return pod;
    }
}
