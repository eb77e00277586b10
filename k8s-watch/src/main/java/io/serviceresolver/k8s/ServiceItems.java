package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import java.util.Optional;

/** Reads all Services of a namespace. Thread-safe. */
final class ServiceItems implements ItemReader<ServiceView> {

    private final String namespace;

    ServiceItems(String namespace) {
        this.namespace = namespace;
    }

    @Override
    public boolean concerns(JsonNode object) {
        return reader(object).filter(one -> one.concerns(object)).isPresent();
    }

    @Override
    public Optional<ServiceView> read(JsonNode object) {
        return reader(object).flatMap(one -> one.read(object));
    }

    private Optional<ServiceReader> reader(JsonNode object) {
        String name = object.path("metadata").path("name").asText();
        try {
            return Optional.of(new ServiceReader(new ServiceName(name, namespace, ServicePort.ONLY)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
