package io.serviceresolver.apiserver;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Pods and Services at random, of so few labels that they often meet. */
final class RandomObjects {

    private static final String LONG_KEY = "p".repeat(253) + "/" + "n".repeat(63);

    /** Some of the keys are words of the grammar too, and one is as long as may be. */
    private static final List<Label> LABELS = List.of(
            new Label("app", "web", "api", "db"),
            new Label("tier", "front", "back", "Front", ""),
            new Label("ver", "v1", "v2", "1.0"),
            new Label("build", "7", "007", "10", "9223372036854775807", "9223372036854775808", "7a"),
            new Label("in", "in", "notin"),
            new Label("notin", "", "in"),
            new Label("example.com/track", "stable", "canary", ""),
            new Label(LONG_KEY, "v".repeat(63), "v".repeat(62)),
            new Label("all", "yes"));

    private final SplittableRandom random;
    private final RealNamespace cluster;
    private final boolean dualStack;

    RandomObjects(long seed, RealNamespace cluster) {
        this.random = new SplittableRandom(seed);
        this.cluster = cluster;
        this.dualStack = cluster.takesDualStack();
    }

    /** A key and its values. */
    private record Label(String key, List<String> values) {

        Label(String key, String... values) {
            this(key, List.of(values));
        }
    }

    /** How a Pod fares, each with its share. */
    private enum Fate {
        READY(50),
        NOT_READY(15),
        UNKNOWN(5),
        NO_CONDITION(5),
        FAILED(8),
        SUCCEEDED(7),
        WITHOUT_ADDRESS(10);

        private final int share;

        Fate(int share) {
            this.share = share;
        }
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int bound) {
        return below(bound) == 0;
    }

    <E> E of(List<E> list) {
        return list.get(below(list.size()));
    }

    List<String> keys() {
        return LABELS.stream().map(Label::key).toList();
    }

    /** A value that a label of this key may have. */
    String value(String key) {
        return LABELS.stream()
                .filter(label -> label.key().equals(key))
                .map(label -> of(label.values()))
                .findFirst()
                .orElse("none");
    }

    /** Labels of a Pod: most of the keys. */
    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        LABELS.stream().filter(label -> below(10) < 7).forEach(label -> labels.put(label.key(), of(label.values())));
        return labels;
    }

    /** A selector of a Service: few of the keys, one at least. */
    Map<String, String> selector() {
        Map<String, String> selector = new TreeMap<>();
        for (int i = below(4); i >= 0; i--) {
            Label label = of(LABELS);
            selector.put(label.key(), of(label.values()));
        }
        return selector;
    }

    Pod pod(int number) {
        Fate fate = fate();
        boolean ended = fate == Fate.FAILED || fate == Fate.SUCCEEDED;
        return new PodBuilder()
                .withNewMetadata()
                .withName("pod-" + number)
                .withLabels(labels())
                .endMetadata()
                .withNewSpec()
                .withNodeName(of(cluster.nodes()))
                .withRestartPolicy(ended ? "Never" : "Always")
                .withContainers(containers())
                .endSpec()
                .withStatus(status(fate, cluster.newAddress()))
                .build();
    }

    private Fate fate() {
        int left = below(100);
        for (Fate fate : Fate.values()) {
            left -= fate.share;
            if (left < 0) {
                return fate;
            }
        }
        throw new AssertionError("the shares are not 100 together");
    }

    private PodStatus status(Fate fate, String address) {
        PodStatusBuilder status = new PodStatusBuilder().withPhase("Running");
        switch (fate) {
            case READY -> ready(status, "True");
            case NOT_READY -> ready(status, "False");
            case UNKNOWN -> ready(status, "Unknown");
            case FAILED -> ready(status.withPhase("Failed"), "False");
            // A kubelet says so at the end; what the phase means must not depend on it.
            case SUCCEEDED -> ready(status.withPhase("Succeeded"), "True");
            case WITHOUT_ADDRESS -> ready(status.withPhase("Pending"), "False");
            case NO_CONDITION -> status.withConditions(List.of());
        }
        if (fate != Fate.WITHOUT_ADDRESS) {
            status.withPodIP(address).addNewPodIP(address);
            if (dualStack && oneIn(2)) {
                status.addNewPodIP(RealNamespace.ipv6(address));
            }
        }
        return status.build();
    }

    private static void ready(PodStatusBuilder status, String value) {
        status.addNewCondition().withType("Ready").withStatus(value).endCondition();
    }

    /** One or two; their port {@code web} may have either number, the wrong protocol, two meanings, or be missing. */
    private List<Container> containers() {
        List<Container> containers = new ArrayList<>();
        switch (below(5)) {
            case 0, 1 -> containers.add(container("main", "web", "TCP", 8080));
            case 2 -> containers.add(container("main", "web", "TCP", 8081));
            case 3 -> {
                containers.add(container("side", "web", "UDP", 5353));
                containers.add(container("main", "web", "TCP", 8080));
                containers.add(container("late", "web", "TCP", 9999));
            }
            default -> containers.add(container("main", "admin", "TCP", 8080));
        }
        return containers;
    }

    private static Container container(String name, String portName, String protocol, int number) {
        return new ContainerBuilder()
                .withName(name)
                .withImage("none")
                .addNewPort()
                .withName(portName)
                .withProtocol(protocol)
                .withContainerPort(number)
                .endPort()
                .build();
    }

    /** A Service, of twenty one without a selector. */
    Service service(int number) {
        ServiceBuilder service = new ServiceBuilder()
                .withNewMetadata()
                .withName("service-" + number)
                .endMetadata()
                .withNewSpec()
                .withSelector(oneIn(20) ? Map.of() : selector())
                .withClusterIP(oneIn(6) ? "None" : null)
                .withPublishNotReadyAddresses(oneIn(6))
                .withPorts(ports())
                .endSpec();
        if (dualStack && oneIn(8)) {
            service.editSpec()
                    .withIpFamilyPolicy("PreferDualStack")
                    .withIpFamilies(oneIn(2) ? List.of("IPv4", "IPv6") : List.of("IPv6", "IPv4"))
                    .endSpec();
        }
        return service.build();
    }

    private List<ServicePort> ports() {
        ServicePortBuilder port = new ServicePortBuilder().withPort(80).withProtocol("TCP");
        return switch (below(10)) {
            case 0 -> List.of(port.withName("web").withNewTargetPort("web").build());
            case 1 ->
                List.of(
                        port.withName("http")
                                .withNewTargetPort("web")
                                .withAppProtocol("http")
                                .build(),
                        port.withName("metrics")
                                .withPort(9100)
                                .withNewTargetPort(9101)
                                .withAppProtocol(null)
                                .build());
            case 2 ->
                List.of(
                        port.withName("dns")
                                .withPort(53)
                                .withNewTargetPort(5353)
                                .build(),
                        port.withName("dns-udp").withProtocol("UDP").build());
            case 3 -> List.of(port.withNewTargetPort(80).build());
            default -> List.of(port.withNewTargetPort(8080).build());
        };
    }
}
