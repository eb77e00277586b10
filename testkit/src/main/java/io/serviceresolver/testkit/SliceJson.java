package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * Builds an EndpointSlice as the API server sends it. What a well-behaved controller would never write can be had by
 * {@link #edit}. Not thread-safe.
 */
public final class SliceJson {

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final ObjectNode metadata;
    private final ArrayNode endpoints;
    private final ArrayNode ports;

    private SliceJson(String name) {
        json.put("apiVersion", "discovery.k8s.io/v1").put("kind", "EndpointSlice");
        metadata = json.putObject("metadata");
        metadata.put("name", name).put("namespace", "default").put("uid", "uid-of-" + name);
        metadata.putObject("labels");
        json.put("addressType", "IPv4");
        endpoints = json.putArray("endpoints");
        ports = json.putArray("ports");
    }

    /**
     * Starts a slice for IPv4, in the namespace {@code default}, of no Service, without ports or endpoints.
     *
     * @param name its name
     * @return the builder
     */
    public static SliceJson slice(String name) {
        return new SliceJson(name);
    }

    /** Sets the namespace: its name. */
    public SliceJson namespace(String value) {
        metadata.put("namespace", value);
        return this;
    }

    /** Sets the label that says which Service it belongs to: the name of the Service. */
    public SliceJson service(String value) {
        return label("kubernetes.io/service-name", value);
    }

    /**
     * Sets a label.
     *
     * @param key its key
     * @param value its value
     * @return this builder
     */
    public SliceJson label(String key, String value) {
        metadata.withObjectProperty("labels").put(key, value);
        return this;
    }

    /** Sets the address type: {@code IPv4}, {@code IPv6} or {@code FQDN}. */
    public SliceJson type(String value) {
        json.put("addressType", value);
        return this;
    }

    /**
     * Adds a TCP port.
     *
     * @param name the name of the Service port; empty where it has none
     * @param number the port of the Pods
     * @return this builder
     */
    public SliceJson port(String name, int number) {
        return port(port -> port.put("name", name).put("port", number).put("protocol", "TCP"));
    }

    /**
     * Adds a port that the caller fills in.
     *
     * @param fields fills it in
     * @return this builder
     */
    public SliceJson port(Consumer<ObjectNode> fields) {
        fields.accept(ports.addObject());
        return this;
    }

    /**
     * Adds a ready endpoint of a Pod.
     *
     * @param address its address
     * @param pod the name of the Pod, whose UID is made of it
     * @return this builder
     */
    public SliceJson pod(String address, String pod) {
        return endpoint(address, endpoint -> target(endpoint, pod, "uid-of-" + pod));
    }

    /**
     * Adds an endpoint of a Pod.
     *
     * @param address its address
     * @param pod the name of the Pod, whose UID is made of it
     * @param ready what the condition {@code ready} says
     * @param serving what the condition {@code serving} says
     * @param terminating what the condition {@code terminating} says
     * @return this builder
     */
    public SliceJson pod(String address, String pod, Boolean ready, Boolean serving, Boolean terminating) {
        return endpoint(address, endpoint -> {
            target(endpoint, pod, "uid-of-" + pod);
            endpoint.putObject("conditions")
                    .put("ready", ready)
                    .put("serving", serving)
                    .put("terminating", terminating);
        });
    }

    /**
     * Adds an endpoint that the caller fills in.
     *
     * @param address its address
     * @param fields fills in the rest; without conditions it is ready
     * @return this builder
     */
    public SliceJson endpoint(String address, Consumer<ObjectNode> fields) {
        ObjectNode endpoint = endpoints.addObject();
        endpoint.putArray("addresses").add(address);
        fields.accept(endpoint);
        return this;
    }

    /**
     * Changes whatever there is to change.
     *
     * @param change what to do with the JSON
     * @return this builder
     */
    public SliceJson edit(Consumer<ObjectNode> change) {
        change.accept(json);
        return this;
    }

    /** The slice: a copy. */
    public ObjectNode json() {
        return json.deepCopy();
    }

    static void target(ObjectNode endpoint, String pod, String uid) {
        endpoint.putObject("targetRef").put("kind", "Pod").put("name", pod).put("uid", uid);
    }
}
