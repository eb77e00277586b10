package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.serviceresolver.endpoint.IpAddresses;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads nodes ({@code v1}), and drops all but the little that is needed. Thread-safe. */
final class NodeReader implements ItemReader<NodeView> {

    private static final String ZONE_LABEL = "topology.kubernetes.io/zone";
    private static final int MAX_ADDRESSES = 16;

    @Override
    public boolean concerns(JsonNode object) {
        return object.path("kind").asText("Node").equals("Node")
                && !object.path("metadata").path("name").asText().isEmpty();
    }

    @Override
    public Optional<NodeView> read(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        JsonNode status = object.path("status");
        String zone = metadata.path("labels").path(ZONE_LABEL).asText("");
        boolean ready = false;
        for (JsonNode condition : status.path("conditions")) {
            ready |= condition.path("type").asText().equals("Ready")
                    && condition.path("status").asText().equals("True");
        }
        return Optional.of(new NodeView(
                metadata.path("name").asText(),
                zone.isEmpty() ? null : zone,
                ready,
                addresses(status.path("addresses"))));
    }

    private static Map<NodeAddressType, List<String>> addresses(JsonNode list) {
        Map<NodeAddressType, List<String>> addresses = new EnumMap<>(NodeAddressType.class);
        for (JsonNode one : list) {
            for (NodeAddressType type : NodeAddressType.values()) {
                if (type.apiName().equals(one.path("type").asText())) {
                    List<String> known = addresses.computeIfAbsent(type, missing -> new ArrayList<>());
                    address(one.path("address").asText(""), type)
                            .filter(address -> known.size() < MAX_ADDRESSES)
                            .ifPresent(known::add);
                }
            }
        }
        addresses.replaceAll((type, known) -> List.copyOf(known));
        return addresses;
    }

    private static Optional<String> address(String text, NodeAddressType type) {
        if (type.isName()) {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
        try {
            return Optional.of(IpAddresses.canonical(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
