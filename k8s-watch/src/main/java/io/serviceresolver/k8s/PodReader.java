package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.IpAddresses;
import io.serviceresolver.selector.LabelSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads Pods ({@code v1}), and keeps of each only what an endpoint needs: neither its spec nor its status stays in memory,
 * and what Pods have in common, such as the labels of those of one ReplicaSet, is there once. A Pod without an address, one
 * that has ended and one that does not match are none. Thread-safe.
 */
final class PodReader implements ItemReader<Pod> {

    private static final Set<String> ENDED = Set.of("Failed", "Succeeded");
    private static final int MAX_PORT = 65535;

    private final String namespace;
    private final LabelSelector selector;
    private final Complaints complaints;
    private final Interner shared;
    private final LongSupplier ticker;

    PodReader(String namespace, LabelSelector selector, Complaints complaints, Interner shared, LongSupplier ticker) {
        this.namespace = namespace;
        this.selector = selector;
        this.complaints = complaints;
        this.shared = shared;
        this.ticker = ticker;
    }

    @Override
    public boolean concerns(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return object.path("kind").asText("Pod").equals("Pod")
                && namespace.equals(metadata.path("namespace").asText())
                && !metadata.path("name").asText().isEmpty();
    }

    @Override
    public Optional<Pod> read(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        JsonNode spec = object.path("spec");
        JsonNode status = object.path("status");
        String name = metadata.path("name").asText();
        Map<String, String> labels = labels(metadata.path("labels"));
        List<String> addresses = addresses(name, status);
        if (addresses.isEmpty() || ENDED.contains(status.path("phase").asText()) || !selector.matches(labels)) {
            return Optional.empty();
        }
        return Optional.of(new Pod(
                name,
                metadata.path("uid").asText(),
                new Revision(metadata.path("resourceVersion").asText(), ticker.getAsLong()),
                labels,
                addresses,
                text(spec, "nodeName"),
                text(spec, "hostname"),
                conditions(metadata, status),
                ports(spec)));
    }

    private Map<String, String> labels(JsonNode object) {
        Map<String, String> labels = new HashMap<>();
        object.properties().forEach(label -> {
            if (label.getValue().isTextual()) {
                labels.put(
                        shared.one(label.getKey()), shared.one(label.getValue().asText()));
            }
        });
        return shared.one(Map.copyOf(labels));
    }

    private List<String> addresses(String pod, JsonNode status) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode ip : status.path("podIPs")) {
            addAddress(addresses, pod, ip.path("ip").asText());
        }
        String only = status.path("podIP").asText();
        if (addresses.isEmpty() && !only.isEmpty()) {
            addAddress(addresses, pod, only);
        }
        return List.copyOf(addresses);
    }

    private void addAddress(List<String> addresses, String pod, String literal) {
        try {
            addresses.add(IpAddresses.canonical(literal));
        } catch (IllegalArgumentException e) {
            complaints.add("Pod " + namespace + "/" + pod, "podIPs: " + literal + " (expected: an IP address)");
        }
    }

    private Conditions conditions(JsonNode metadata, JsonNode status) {
        boolean serving = false;
        for (JsonNode condition : status.path("conditions")) {
            serving |= condition.path("type").asText().equals("Ready")
                    && condition.path("status").asText().equals("True");
        }
        boolean terminating = !metadata.path("deletionTimestamp").asText("").isEmpty();
        return shared.one(new Conditions(serving && !terminating, serving, terminating));
    }

    /** Those of containers, and of init containers that go on running; of two with one name the first counts. */
    private List<ContainerPort> ports(JsonNode spec) {
        List<ContainerPort> ports = new ArrayList<>();
        spec.path("containers").forEach(container -> addPorts(ports, container));
        for (JsonNode container : spec.path("initContainers")) {
            if (container.path("restartPolicy").asText().equals("Always")) {
                addPorts(ports, container);
            }
        }
        return shared.one(List.copyOf(ports));
    }

    private static void addPorts(List<ContainerPort> ports, JsonNode container) {
        for (JsonNode port : container.path("ports")) {
            String name = port.path("name").asText("");
            int number = port.path("containerPort").asInt();
            boolean tcp = port.path("protocol").asText("TCP").equals("TCP");
            if (tcp && !name.isEmpty() && number > 0 && number <= MAX_PORT) {
                ports.add(new ContainerPort(name, number));
            }
        }
    }

    private @Nullable String text(JsonNode object, String field) {
        String text = object.path(field).asText("");
        return text.isEmpty() ? null : shared.one(text);
    }
}
