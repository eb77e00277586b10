package io.serviceresolver.endpoint;

import java.util.Set;

/**
 * For whom an endpoint is meant, as the EndpointSlice controller hints (Kubernetes API, {@code discovery.k8s.io/v1},
 * {@code endpoints[].hints}; KEP-2433, KEP-3015). Immutable.
 *
 * @param nodes the names of the nodes that should call it; empty: no such hint
 * @param zones the zones that should call it; empty: no such hint
 */
public record Hints(Set<String> nodes, Set<String> zones) {

    /** No hints. */
    public static final Hints NONE = new Hints(Set.of(), Set.of());

    /** Copies the sets. */
    public Hints {
        nodes = Set.copyOf(nodes);
        zones = Set.copyOf(zones);
    }

    /**
     * Hints for zones only.
     *
     * @param zones the zones that should call it
     * @return the hints
     */
    public static Hints forZones(String... zones) {
        return new Hints(Set.of(), Set.of(zones));
    }
}
