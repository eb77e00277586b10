package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of a {@link FakeCluster}: each call is one write. Thread-safe. */
public final class FakeNode {

    private final FakeCluster cluster;
    private final String name;

    /** By address: what kind of address it is. This and all that follows is guarded by the cluster. */
    private final Map<String, String> addresses = new LinkedHashMap<>();

    private @Nullable String zone;
    private boolean ready;

    FakeNode(FakeCluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /**
     * Adds an address.
     *
     * @param type such as {@code InternalIP} or {@code Hostname}
     * @param address the address
     * @return this node
     */
    public FakeNode address(String type, String address) {
        return write(() -> addresses.put(address, type));
    }

    /**
     * Puts it into a zone.
     *
     * @param value the zone
     * @return this node
     */
    public FakeNode zone(String value) {
        return write(() -> zone = value);
    }

    /** Makes it ready: this node. */
    public FakeNode ready() {
        return write(() -> ready = true);
    }

    /** Makes it not ready: this node. */
    public FakeNode unready() {
        return write(() -> ready = false);
    }

    /** Removes it. */
    public void delete() {
        synchronized (cluster) {
            cluster.delete(json());
        }
    }

    private FakeNode write(Runnable change) {
        synchronized (cluster) {
            change.run();
            cluster.put(json());
        }
        return this;
    }

    private ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("apiVersion", "v1").put("kind", "Node");
        ObjectNode metadata = node.putObject("metadata").put("name", name);
        ObjectNode labels = metadata.putObject("labels").put("kubernetes.io/hostname", name);
        if (zone != null) {
            labels.put("topology.kubernetes.io/zone", zone);
        }
        ObjectNode status = node.putObject("status");
        addresses.forEach((address, type) -> status.withArrayProperty("addresses")
                .addObject()
                .put("type", type)
                .put("address", address));
        status.withArrayProperty("conditions").addObject().put("type", "Ready").put("status", ready ? "True" : "False");
        return node;
    }
}
