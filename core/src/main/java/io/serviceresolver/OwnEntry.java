package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.source.LocalTopology;
import java.util.Optional;

/**
 * Learns where this process runs from the endpoints of any service: one with an address of ours tells our node and zone,
 * one on our node tells our zone.
 */
final class OwnEntry {

    private OwnEntry() {}

    /** Fills in what a set tells of our place. */
    static void teach(EndpointSet set, LocalTopology topology) {
        Optional<Topology> more = find(set, topology.current());
        while (more.isPresent()) {
            topology.learn(more.get());
            more = find(set, topology.current());
        }
    }

    /** What one endpoint tells of our place that is not known yet. */
    private static Optional<Topology> find(EndpointSet set, Topology known) {
        if (known.isComplete()) {
            return Optional.empty();
        }
        return set.endpoints().stream()
                .filter(endpoint -> isHere(endpoint, known))
                .map(endpoint -> Topology.of(
                        endpoint.nodeName().orElse(null), endpoint.zone().orElse(null)))
                .filter(place -> !known.completedBy(place).equals(known))
                .findFirst();
    }

    private static boolean isHere(Endpoint endpoint, Topology known) {
        boolean sameNode = known.node().isPresent() && known.node().equals(endpoint.nodeName());
        return sameNode || (isOurs(endpoint, known) && !contradicts(endpoint, known));
    }

    /** A terminating Pod may have had, on another node, the address that is ours by now. */
    private static boolean isOurs(Endpoint endpoint, Topology known) {
        return known.addresses().contains(endpoint.address())
                && !endpoint.conditions().terminating();
    }

    private static boolean contradicts(Endpoint endpoint, Topology known) {
        boolean otherNode = known.node().isPresent()
                && endpoint.nodeName().isPresent()
                && !known.node().equals(endpoint.nodeName());
        boolean otherZone = known.zone() != null
                && endpoint.zone().isPresent()
                && !endpoint.zone().get().equals(known.zone());
        return otherNode || otherZone;
    }
}
