package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.serviceresolver.endpoint.EndpointParts;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Reads the EndpointSlices of a namespace, each as one of the Service that its label names. Thread-safe. */
final class SliceItems implements ItemReader<Slice> {

    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private final String namespace;
    private final Predicate<String> services;
    private final Complaints complaints;
    private final LongSupplier ticker;
    private final EndpointParts parts;
    private final SliceReader any;

    /**
     * A reader.
     *
     * @param namespace the namespace
     * @param services the names of the Services whose slices are wanted
     * @param complaints takes what is malformed
     * @param ticker tells when a slice came
     * @param parts what endpoints have in common
     */
    SliceItems(
            String namespace,
            Predicate<String> services,
            Complaints complaints,
            LongSupplier ticker,
            EndpointParts parts) {
        this.namespace = namespace;
        this.services = services;
        this.complaints = complaints;
        this.ticker = ticker;
        this.parts = parts;
        this.any = new SliceReader(new ServiceName("any", namespace, ServicePort.ONLY), complaints, parts);
    }

    @Override
    public boolean concerns(JsonNode object) {
        return any.concerns(object);
    }

    @Override
    public Optional<Slice> read(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String service = metadata.path("labels").path(SERVICE_LABEL).asText("");
        if (!services.test(service)) {
            return Optional.empty();
        }
        Revision revision = new Revision(metadata.path("resourceVersion").asText(), ticker.getAsLong());
        return named(service)
                .flatMap(name -> new SliceReader(name, complaints, parts).read(object))
                .map(slice -> slice.of(service, revision));
    }

    private Optional<ServiceName> named(String service) {
        try {
            return Optional.of(new ServiceName(service, namespace, ServicePort.ONLY));
        } catch (IllegalArgumentException e) {
            // A label may be what no Service is called.
            return Optional.empty();
        }
    }
}
