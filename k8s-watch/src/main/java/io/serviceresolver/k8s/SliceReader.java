package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads EndpointSlices ({@code discovery.k8s.io/v1}) of one Service. What is malformed is left out and complained of;
 * what the API leaves out, or sends as null, has the meaning that the API gives it. Thread-safe.
 */
final class SliceReader implements ItemReader<Slice> {

    static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final String ZONE_LABEL = "topology.kubernetes.io/zone";
    private static final String HOSTNAME_LABEL = "kubernetes.io/hostname";

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
                && namespace.equals(metadata.path("namespace").asText(""))
                && !metadata.path("name").asText("").isEmpty();
    }

    @Override
    public Optional<Slice> read(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText("");
        if (!service.equals(metadata.path("labels").path(SERVICE_LABEL).asText(""))) {
            return Optional.empty();
        }
        String type = object.path("addressType").asText("");
        for (IpFamily family : IpFamily.values()) {
            if (family.apiName().equals(type)) {
                return Optional.of(new Slice(name, family, ports(name, object), endpoints(name, family, object)));
            }
        }
        complain(name, "addressType: " + type + " (expected: IPv4 or IPv6)");
        return Optional.empty();
    }

    private List<SlicePort> ports(String slice, JsonNode object) {
        return SlicePortReader.read(list(slice, object, "ports"), problem -> complain(slice, problem));
    }

    /** The elements of a list; none where it is no list. */
    private JsonNode list(String slice, JsonNode object, String field) {
        JsonNode list = object.path(field);
        if (list.isArray() || list.isMissingNode() || list.isNull()) {
            return list;
        }
        complain(slice, field + ": " + list + " (expected: a list)");
        return MissingNode.getInstance();
    }

    private List<SliceEndpoint> endpoints(String slice, IpFamily family, JsonNode object) {
        List<SliceEndpoint> endpoints = new ArrayList<>();
        Map<List<String>, Map<String, String>> labels = new HashMap<>();
        HintsReader hints = new HintsReader();
        int index = 0;
        for (JsonNode endpoint : list(slice, object, "endpoints")) {
            String field = "endpoints[" + index + "].addresses[0]";
            String literal = endpoint.path("addresses").path(0).asText("");
            Optional<String> address = address(literal, family);
            Optional<String> malformed = malformed(endpoint.path("conditions"));
            if (address.isPresent() && malformed.isPresent()) {
                complain(slice, "endpoints[" + index + "].conditions" + malformed.get());
            } else if (address.isPresent()) {
                endpoints.add(endpoint(address.get(), endpoint, labels, hints.read(endpoint)));
            } else {
                complain(slice, field + ": " + literal + " (expected: an " + family.apiName() + " address)");
            }
            index++;
        }
        return endpoints;
    }

    /** What is wrong with these conditions, if anything is: a guess might call a Pod that does not want to be called. */
    private static Optional<String> malformed(JsonNode conditions) {
        if (!conditions.isObject() && !conditions.isMissingNode() && !conditions.isNull()) {
            return Optional.of(": " + conditions + " (expected: an object)");
        }
        return Stream.of("ready", "serving", "terminating")
                .filter(name ->
                        conditions.hasNonNull(name) && !conditions.path(name).isBoolean())
                .findFirst()
                .map(name -> "." + name + ": " + conditions.path(name) + " (expected: true or false)");
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
