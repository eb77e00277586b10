package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.serviceresolver.endpoint.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one Service ({@code v1}). Thread-safe. */
final class ServiceReader implements ItemReader<ServiceView> {

    private final ServiceName service;

    ServiceReader(ServiceName service) {
        this.service = service;
    }

    @Override
    public boolean concerns(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return object.path("kind").asText("Service").equals("Service")
                && service.namespace().equals(metadata.path("namespace").asText())
                && service.service().equals(metadata.path("name").asText());
    }

    @Override
    public Optional<ServiceView> read(JsonNode object) {
        JsonNode spec = object.path("spec");
        List<ServiceView.Port> ports = new ArrayList<>();
        for (JsonNode port : spec.path("ports")) {
            if (port.path("protocol").asText("TCP").equals("TCP")) {
                String appProtocol = port.path("appProtocol").asText("");
                ports.add(new ServiceView.Port(
                        port.path("name").asText(""),
                        port.path("port").asInt(),
                        appProtocol.isEmpty() ? null : appProtocol));
            }
        }
        List<AddressFamily> families = new ArrayList<>();
        for (JsonNode type : spec.path("ipFamilies")) {
            for (AddressFamily family : AddressFamily.values()) {
                if (family.type().equals(type.asText())) {
                    families.add(family);
                }
            }
        }
        for (AddressFamily family : AddressFamily.values()) {
            if (!families.contains(family)) {
                families.add(family);
            }
        }
        return Optional.of(new ServiceView(service.service(), ports, families, selector(spec)));
    }

    private static Map<String, String> selector(JsonNode spec) {
        Map<String, String> selector = new HashMap<>();
        spec.path("selector")
                .properties()
                .forEach(label -> selector.put(label.getKey(), label.getValue().asText()));
        return selector;
    }
}
