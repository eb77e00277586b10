package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A Service of a {@link FakeCluster}: each call is one write. Thread-safe. */
public final class FakeService {

    private final FakeNamespace namespace;
    private final FakeCluster cluster;
    private final String name;
    private final FakeSlices slices;

    /** This and all that follows is guarded by the cluster. */
    private final Map<String, String> selector = new TreeMap<>();

    private final Map<String, String> labels = new TreeMap<>();
    private final List<FakePort> ports = new ArrayList<>();
    private List<String> families = List.of("IPv4");
    private final List<Consumer<ObjectNode>> edits = new ArrayList<>();
    private boolean headless;
    private boolean portless;
    private boolean publishesNotReady;

    FakeService(FakeNamespace namespace, String name) {
        this.namespace = namespace;
        this.cluster = namespace.cluster();
        this.name = name;
        this.slices = new FakeSlices(this);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /**
     * Adds a TCP port.
     *
     * @param portName its name; empty where it has none
     * @param number the port of the Service
     * @param targetPort the port of its Pods
     * @return this Service
     */
    public FakeService port(String portName, int number, int targetPort) {
        return write(() -> ports.add(new FakePort(portName, number, targetPort, "", null)));
    }

    /**
     * Adds a TCP port whose target is named.
     *
     * @param portName its name; empty where it has none
     * @param number the port of the Service
     * @param targetPort the name that its Pods gave to the port
     * @return this Service
     */
    public FakeService port(String portName, int number, String targetPort) {
        return write(() -> ports.add(new FakePort(portName, number, 0, targetPort, null)));
    }

    /**
     * Declares the protocol of a port.
     *
     * @param portName the name of a port that was added
     * @param appProtocol such as {@code http} or {@code kubernetes.io/h2c}
     * @return this Service
     */
    public FakeService appProtocol(String portName, String appProtocol) {
        return write(() -> ports.replaceAll(port -> port.name().equals(portName)
                ? new FakePort(port.name(), port.number(), port.target(), port.targetName(), appProtocol)
                : port));
    }

    /**
     * Selects Pods that bear this label, besides those asked for before.
     *
     * @param key its key
     * @param value its value
     * @return this Service
     */
    public FakeService selector(String key, String value) {
        return write(() -> selector.put(key, value));
    }

    /**
     * Sets a label, which its slices bear too.
     *
     * @param key its key
     * @param value its value
     * @return this Service
     */
    public FakeService label(String key, String value) {
        return write(() -> labels.put(key, value));
    }

    /**
     * Sets the address families, in order.
     *
     * @param each {@code IPv4}, {@code IPv6} or both; by default IPv4
     * @return this Service
     */
    public FakeService families(String... each) {
        return write(() -> families = List.copyOf(Arrays.asList(each)));
    }

    /**
     * Makes it of type ExternalName: it may then go without ports.
     *
     * @param name the DNS name that it is an alias of
     * @return this Service
     */
    public FakeService externalName(String name) {
        return write(() -> {
            portless = true;
            edits.add(service -> {
                ObjectNode spec = service.withObjectProperty("spec");
                spec.remove(List.of("clusterIP", "ipFamilies"));
                spec.put("type", "ExternalName").put("externalName", name);
            });
        });
    }

    /**
     * Sets its type.
     *
     * @param type {@code ClusterIP}, {@code NodePort} or {@code LoadBalancer}
     * @return this Service
     */
    public FakeService type(String type) {
        return edit(service -> service.withObjectProperty("spec").put("type", type));
    }

    /**
     * Gives a port a number at the nodes.
     *
     * @param portName the name of a port that was added
     * @param number the port of the nodes
     * @return this Service
     */
    public FakeService nodePort(String portName, int number) {
        return edit(service -> service.path("spec").path("ports").forEach(port -> {
            if (port.path("name").asText().equals(portName)) {
                ((ObjectNode) port).put("nodePort", number);
            }
        }));
    }

    /**
     * Sets where its load balancer can be reached, in place of what was set before.
     *
     * @param each its addresses and DNS names
     * @return this Service
     */
    public FakeService ingress(String... each) {
        return edit(service -> {
            ArrayNode ingress = service.withObjectProperty("status")
                    .withObjectProperty("loadBalancer")
                    .putArray("ingress");
            for (String point : each) {
                ingress.addObject().put(point.matches("[0-9.]+|.*:.*") ? "ip" : "hostname", point);
            }
        });
    }

    /**
     * Changes whatever there is to change of the object, now and each time it is written.
     *
     * @param change what to do with the JSON
     * @return this Service
     */
    public FakeService edit(Consumer<ObjectNode> change) {
        return write(() -> edits.add(change));
    }

    /** Makes it headless: it may then go without ports. */
    public FakeService headless() {
        return write(() -> {
            headless = true;
            portless = true;
        });
    }

    /** Publishes Pods that are not ready as if they were: this Service. */
    public FakeService publishNotReadyAddresses() {
        return write(() -> publishesNotReady = true);
    }

    /**
     * Moves a Pod from its slice to another one: two writes, and between them no slice has it.
     *
     * @param pod one of its Pods
     * @return this Service
     */
    public FakeService move(FakePod pod) {
        synchronized (cluster) {
            slices.move(pod);
        }
        return this;
    }

    /** Removes it and its slices. */
    public void delete() {
        synchronized (cluster) {
            namespace.forget(this);
            cluster.delete(json());
            slices.delete();
        }
    }

    private FakeService write(Runnable change) {
        synchronized (cluster) {
            change.run();
            if (portless || !ports.isEmpty()) {
                cluster.put(json());
                sync();
            }
        }
        return this;
    }

    FakeNamespace namespace() {
        return namespace;
    }

    boolean publishesNotReady() {
        return publishesNotReady;
    }

    Map<String, String> labels() {
        return labels;
    }

    List<String> families() {
        return families;
    }

    /** Writes what changed of its slices; without a selector there are none. */
    void sync() {
        if (!selector.isEmpty() && (portless || !ports.isEmpty())) {
            slices.sync(namespace.pods().stream()
                    .filter(pod -> pod.matches(selector))
                    .toList());
        }
    }

    /** The ports as the slice of this Pod names them: those that it has. */
    List<ObjectNode> slicePorts(FakePod pod) {
        List<ObjectNode> json = new ArrayList<>();
        for (FakePort port : ports) {
            port.in(pod).ifPresent(json::add);
        }
        return json;
    }

    private ObjectNode json() {
        ObjectNode service = JsonNodeFactory.instance.objectNode();
        service.put("apiVersion", "v1").put("kind", "Service");
        ObjectNode metadata = service.putObject("metadata");
        metadata.put("name", name).put("namespace", namespace.name());
        labels.forEach(metadata.putObject("labels")::put);
        ObjectNode spec = service.putObject("spec");
        spec.put("type", "ClusterIP").put("clusterIP", headless ? "None" : "10.96.0.10");
        families.forEach(spec.putArray("ipFamilies")::add);
        selector.forEach(spec.putObject("selector")::put);
        for (FakePort port : ports) {
            spec.withArrayProperty("ports").add(port.json());
        }
        edits.forEach(edit -> edit.accept(service));
        return service;
    }
}
