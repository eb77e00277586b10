package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serviceresolver.endpoint.EndpointParts;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the Endpoints object ({@code v1}) of one Service, which was what EndpointSlices are now: each of its subsets is
 * one slice for each family. It knows neither zones nor hints, and leaves Pods out that are terminating. Thread-safe.
 */
final class EndpointsReader implements ItemReader<LegacyEndpoints> {

    private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";

    private final ServiceName service;
    private final SliceReader slices;

    EndpointsReader(ServiceName service, Complaints complaints, EndpointParts parts) {
        this.service = service;
        this.slices = new SliceReader(service, complaints, parts);
    }

    @Override
    public boolean concerns(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return object.path("kind").asText("Endpoints").equals("Endpoints")
                && service.namespace().equals(metadata.path("namespace").asText(""))
                && service.service().equals(metadata.path("name").asText(""));
    }

    @Override
    public Optional<LegacyEndpoints> read(JsonNode object) {
        List<Slice> all = new ArrayList<>();
        int index = 0;
        for (JsonNode subset : object.path("subsets")) {
            for (IpFamily family : IpFamily.values()) {
                ObjectNode slice = slice("endpoints-" + index + "-" + family.apiName(), family, subset);
                if (!slice.path("endpoints").isEmpty()) {
                    slices.read(slice).ifPresent(all::add);
                }
            }
            index++;
        }
        String capacity =
                object.path("metadata").path("annotations").path(OVER_CAPACITY).asText("");
        return Optional.of(new LegacyEndpoints(all, capacity.equals("truncated")));
    }

    /** The slice that says of this family what the subset says. */
    private ObjectNode slice(String name, IpFamily family, JsonNode subset) {
        ObjectNode slice = JsonNodeFactory.instance.objectNode();
        slice.put("addressType", family.apiName());
        slice.putObject("metadata")
                .put("name", name)
                .put("namespace", service.namespace())
                .putObject("labels")
                .put(SliceReader.SERVICE_LABEL, service.service());
        ArrayNode endpoints = slice.putArray("endpoints");
        add(endpoints, subset.path("addresses"), family, true);
        add(endpoints, subset.path("notReadyAddresses"), family, false);
        ArrayNode ports = slice.putArray("ports");
        for (JsonNode port : subset.path("ports")) {
            ObjectNode copy = ports.addObject();
            // The only port may go without a name here; in a slice that would mean none.
            copy.put("name", "");
            port.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
        }
        return slice;
    }

    private static void add(ArrayNode endpoints, JsonNode addresses, IpFamily family, boolean ready) {
        for (JsonNode address : addresses) {
            String ip = address.path("ip").asText("");
            if (IpFamily.of(ip) == family) {
                ObjectNode endpoint = endpoints.addObject();
                address.properties().forEach(field -> endpoint.set(field.getKey(), field.getValue()));
                endpoint.putArray("addresses").add(ip);
                endpoint.putObject("conditions").put("ready", ready).put("serving", ready);
            }
        }
    }
}
