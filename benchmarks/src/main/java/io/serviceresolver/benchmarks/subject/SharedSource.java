package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.EndpointSourceProvider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Gives the resolver that the process shares its endpoints. */
public final class SharedSource implements EndpointSourceProvider {

    /** The endpoints of every service. Static, as the resolver is that asks for them. Written by {@link #serve}. */
    private static final AtomicReference<List<Endpoint>> SERVED = new AtomicReference<>(List.of());

    /** For {@link java.util.ServiceLoader}. */
    public SharedSource() {}

    static void serve(List<Endpoint> endpoints) {
        SERVED.set(endpoints);
    }

    @Override
    public int order() {
        return 0;
    }

    @Override
    public Optional<EndpointSource> create() {
        List<Endpoint> endpoints = SERVED.get();
        return endpoints.isEmpty() ? Optional.empty() : Optional.of(new LiveSource(asked -> endpoints));
    }
}
