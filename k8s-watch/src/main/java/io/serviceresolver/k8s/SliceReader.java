package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointParts;
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
    private final EndpointParts parts;

    SliceReader(ServiceName service, Complaints complaints, EndpointParts parts) {
        this.service = service.service();
        this.namespace = service.namespace();
        this.complaints = complaints;
        this.parts = parts;
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
                Slice empty = new Slice(name, family, ports(name, object), List.of());
                Slice slice = empty.with(endpoints(empty, object));
                return Optional.of(statesPorts(object) ? slice.withPorts() : slice);
            }
        }
        complain(name, "addressType: " + type + " (expected: IPv4 or IPv6)");
        return Optional.empty();
    }

    private List<SlicePort> ports(String slice, JsonNode object) {
        return SlicePortReader.read(list(slice, object, "ports"), problem -> complain(slice, problem));
    }

    private static boolean statesPorts(JsonNode object) {
        JsonNode ports = object.path("ports");
        return !(ports.isMissingNode() || ports.isNull() || (ports.isArray() && ports.isEmpty()));
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

    private List<Endpoint> endpoints(Slice slice, JsonNode object) {
        List<Endpoint> endpoints = new ArrayList<>();
        Map<List<String>, Map<String, String>> labels = new HashMap<>();
        HintsReader hints = new HintsReader();
        SlicePort port = Slice.first(slice.ports());
        int index = 0;
        for (JsonNode endpoint : list(slice.name(), object, "endpoints")) {
            String field = "endpoints[" + index + "].addresses[0]";
            String literal = endpoint.path("addresses").path(0).asText("");
            Optional<String> malformed = malformed(endpoint.path("conditions"));
            if (!isAddress(literal, slice.family())) {
                complain(
                        slice.name(),
                        field + ": " + literal + " (expected: an "
                                + slice.family().apiName() + " address)");
            } else if (malformed.isPresent()) {
                complain(slice.name(), "endpoints[" + index + "].conditions" + malformed.get());
            } else {
                Endpoint.Builder builder = Endpoint.builder(literal, port.number())
                        .appProtocol(port.appProtocol())
                        .hints(hints.read(endpoint));
                endpoints.add(parts.share(endpoint(builder, endpoint, labels)));
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

    private static boolean isAddress(String literal, IpFamily family) {
        try {
            // An IPv4 address written as an IPv6 one is neither.
            return IpFamily.of(IpAddresses.canonical(literal)) == family && IpFamily.of(literal) == family;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Endpoint endpoint(
            Endpoint.Builder builder, JsonNode endpoint, Map<List<String>, Map<String, String>> labels) {
        JsonNode conditions = endpoint.path("conditions");
        JsonNode target = endpoint.path("targetRef");
        boolean pod = target.path("kind").asText("Pod").equals("Pod");
        String node = text(endpoint, "nodeName");
        String zone = text(endpoint, "zone");
        return builder.conditions(new Conditions(
                        conditions.path("ready").asBoolean(true),
                        conditions.path("serving").asBoolean(true),
                        conditions.path("terminating").asBoolean(false)))
                .uid(pod ? text(target, "uid") : null)
                .podName(pod ? text(target, "name") : null)
                .hostname(text(endpoint, "hostname"))
                .nodeName(node)
                .zone(zone)
                .labels(labels.computeIfAbsent(
                        List.of(node == null ? "" : node, zone == null ? "" : zone), key -> labels(node, zone)))
                .build();
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
