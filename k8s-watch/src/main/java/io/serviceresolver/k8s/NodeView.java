package io.serviceresolver.k8s;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node, as far as it matters here.
 *
 * @param name its name
 * @param zone its zone, where it has one
 * @param ready whether its condition {@code Ready} is true
 * @param addresses its addresses of each kind, those that are IP addresses in canonical form
 */
record NodeView(String name, @Nullable String zone, boolean ready, Map<NodeAddressType, List<String>> addresses) {

    /** Copies the map. */
    NodeView {
        addresses = Map.copyOf(addresses);
    }

    List<String> addresses(NodeAddressType type) {
        return addresses.getOrDefault(type, List.of());
    }
}
