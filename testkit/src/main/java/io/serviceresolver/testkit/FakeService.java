package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A Service of a {@link FakeCluster}: each call is one write. Thread-safe. */
public final class FakeService {

    private final FakeNamespace namespace;
    private final FakeCluster cluster;
    private final String name;
    private final FakeSlices slices;

    /** This and all that follows is guarded by the cluster. */
    private final Map<String, String> selector = new TreeMap<>();

    private final Map<String, String> labels = new TreeMap<>();
    private final List<Port> ports = new ArrayList<>();
    private List<String> families = List.of("IPv4");
    private boolean headless;
    private boolean publishesNotReady;

    /** A port; of the targets one is set. */
    private record Port(
            String name,
            int number,
            int target,
            String targetName,
            @Nullable String appProtocol) {

        Optional<Integer> in(FakePod pod) {
            return targetName.isEmpty() ? Optional.of(target) : pod.containerPort(targetName);
        }
    }

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
        return write(() -> ports.add(new Port(portName, number, targetPort, "", null)));
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
        return write(() -> ports.add(new Port(portName, number, 0, targetPort, null)));
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
                ? new Port(port.name(), port.number(), port.target(), port.targetName(), appProtocol)
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

    /** Makes it headless: it may then go without ports. */
    public FakeService headless() {
        return write(() -> headless = true);
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
            if (headless || !ports.isEmpty()) {
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
        if (!selector.isEmpty() && (headless || !ports.isEmpty())) {
            slices.sync(namespace.pods().stream()
                    .filter(pod -> pod.matches(selector))
                    .toList());
        }
    }

    /** The ports as the slice of this Pod names them: those that it has. */
    List<ObjectNode> slicePorts(FakePod pod) {
        List<ObjectNode> json = new ArrayList<>();
        for (Port port : ports) {
            port.in(pod)
                    .ifPresent(number -> json.add(JsonNodeFactory.instance
                            .objectNode()
                            .put("name", port.name())
                            .put("port", number)
                            .put("protocol", "TCP")
                            .put("appProtocol", port.appProtocol())));
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
        for (Port port : ports) {
            ObjectNode json = spec.withArrayProperty("ports").addObject();
            json.put("name", port.name()).put("port", port.number()).put("protocol", "TCP");
            json.put("appProtocol", port.appProtocol());
            if (port.targetName().isEmpty()) {
                json.put("targetPort", port.target());
            } else {
                json.put("targetPort", port.targetName());
            }
        }
        return service;
    }
}
