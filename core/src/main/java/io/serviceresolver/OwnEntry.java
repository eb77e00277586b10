package io.serviceresolver;

import io.serviceresolver.endpoint.Changes;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.source.LocalTopology;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Learns where this process runs from the endpoints of any service: one with an address of ours tells our node and zone,
 * one on our node tells our zone. Confined to the event loop.
 */
final class OwnEntry {

    private final LocalTopology topology;

    /** What was looked at last, and what was known of our place by then: the same endpoints tell no more. */
    private EndpointSet seen = EndpointSet.EMPTY;

    private Topology knew;

    OwnEntry(LocalTopology topology) {
        this.topology = topology;
        this.knew = topology.current();
    }

    /** Fills in what a set tells of our place. */
    void teach(EndpointSet set) {
        Optional<Topology> more = find(unseen(set), topology.current());
        while (more.isPresent()) {
            topology.learn(more.get());
            more = find(set.endpoints().stream(), topology.current());
        }
        seen = set;
        knew = topology.current();
    }

    private Stream<Endpoint> unseen(EndpointSet set) {
        if (!topology.current().equals(knew)) {
            return set.endpoints().stream();
        }
        Changes changes = set.changesSince(seen);
        return Stream.concat(changes.added().stream(), changes.updated().stream());
    }

    /** What one endpoint tells of our place that is not known yet. */
    private static Optional<Topology> find(Stream<Endpoint> endpoints, Topology known) {
        if (known.isComplete()) {
            return Optional.empty();
        }
        return endpoints
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
