package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Hints;
import io.serviceresolver.endpoint.IpAddresses;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads EndpointSlices ({@code discovery.k8s.io/v1}) of one Service. What is malformed is left out and complained of;
 * what the API leaves out, or sends as null, has the meaning that the API gives it. Thread-safe.
 */
final class SliceReader implements ItemReader<Slice> {

    private static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final String ZONE_LABEL = "topology.kubernetes.io/zone";
    private static final String HOSTNAME_LABEL = "kubernetes.io/hostname";
    private static final int MAX_PORTS = 100;
    private static final int MAX_PORT = 65535;

    private final String service;
    private final String namespace;
    private final Complaints complaints;

    SliceReader(ServiceName service, Complaints complaints) {
        this.service = service.service();
        this.namespace = service.namespace();
        this.complaints = complaints;
    }

    @Override
    public boolean concerns(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String kind = object.path("kind").asText("EndpointSlice");
        return kind.equals("EndpointSlice")
                && namespace.equals(metadata.path("namespace").asText())
                && !metadata.path("name").asText().isEmpty();
    }

    @Override
    public Optional<Slice> read(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText();
        if (!service.equals(metadata.path("labels").path(SERVICE_LABEL).asText())) {
            return Optional.empty();
        }
        String type = object.path("addressType").asText();
        for (IpFamily family : IpFamily.values()) {
            if (family.apiName().equals(type)) {
                return Optional.of(new Slice(name, family, ports(name, object), endpoints(name, family, object)));
            }
        }
        complain(name, "addressType: " + type + " (expected: IPv4 or IPv6)");
        return Optional.empty();
    }

    private List<SlicePort> ports(String slice, JsonNode object) {
        List<SlicePort> ports = new ArrayList<>();
        for (JsonNode port : object.path("ports")) {
            int number = number(port.path("port"));
            boolean named = port.path("name").isTextual();
            boolean tcp = port.path("protocol").asText("TCP").equals("TCP");
            if (number < 0 || number > MAX_PORT || ports.size() == MAX_PORTS) {
                complain(slice, "ports: " + number + " (expected: 1 to 65535, and 100 ports at most)");
            } else if (tcp && named && number > 0) {
                ports.add(new SlicePort(port.path("name").asText(), number, text(port, "appProtocol")));
            }
        }
        return ports;
    }

    /** The number: 0 where there is none, -1 where it cannot be one. */
    private static int number(JsonNode port) {
        if (port.isMissingNode() || port.isNull()) {
            return 0;
        }
        return port.canConvertToInt() ? port.asInt() : -1;
    }

    private List<SliceEndpoint> endpoints(String slice, IpFamily family, JsonNode object) {
        List<SliceEndpoint> endpoints = new ArrayList<>();
        Map<List<String>, Map<String, String>> labels = new HashMap<>();
        HintsReader hints = new HintsReader();
        int index = 0;
        for (JsonNode endpoint : object.path("endpoints")) {
            String field = "endpoints[" + index + "].addresses[0]";
            String literal = endpoint.path("addresses").path(0).asText();
            Optional<String> address = address(literal, family);
            if (address.isPresent()) {
                endpoints.add(endpoint(address.get(), endpoint, labels, hints.read(endpoint)));
            } else {
                complain(slice, field + ": " + literal + " (expected: an " + family.apiName() + " address)");
            }
            index++;
        }
        return endpoints;
    }

    private static Optional<String> address(String literal, IpFamily family) {
        try {
            // An IPv4 address written as an IPv6 one is neither.
            return Optional.of(IpAddresses.canonical(literal))
                    .filter(ip -> IpFamily.of(literal) == family && IpFamily.of(ip) == family);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SliceEndpoint endpoint(
            String address, JsonNode endpoint, Map<List<String>, Map<String, String>> labels, Hints hints) {
        JsonNode conditions = endpoint.path("conditions");
        JsonNode target = endpoint.path("targetRef");
        boolean pod = target.path("kind").asText("Pod").equals("Pod");
        String node = text(endpoint, "nodeName");
        String zone = text(endpoint, "zone");
        return new SliceEndpoint(
                address,
                new Conditions(
                        conditions.path("ready").asBoolean(true),
                        conditions.path("serving").asBoolean(true),
                        conditions.path("terminating").asBoolean(false)),
                pod ? text(target, "uid") : null,
                pod ? text(target, "name") : null,
                text(endpoint, "hostname"),
                node,
                zone,
                labels.computeIfAbsent(
                        List.of(node == null ? "" : node, zone == null ? "" : zone), key -> labels(node, zone)),
                hints);
    }

    private static Map<String, String> labels(@Nullable String node, @Nullable String zone) {
        Map<String, String> labels = new HashMap<>();
        if (zone != null) {
            labels.put(ZONE_LABEL, zone);
        }
        if (node != null) {
            labels.put(HOSTNAME_LABEL, node);
        }
        return Map.copyOf(labels);
    }

    private static @Nullable String text(JsonNode object, String field) {
        String text = object.path(field).asText("");
        return text.isEmpty() ? null : text;
    }

    private void complain(String slice, String problem) {
        complaints.add("EndpointSlice " + namespace + "/" + slice, problem);
    }
}
