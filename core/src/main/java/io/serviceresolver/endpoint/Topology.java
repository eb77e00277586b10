package io.serviceresolver.endpoint;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where this process runs, as far as that is known: what hints, zones and local traffic policies are measured by.
 * Immutable.
 *
 * @param nodeName the name of our node, or null where it is not known
 * @param zone our zone, or null where it is not known
 * @param addresses our own IP addresses in canonical form, without those of loopback and link: empty where they are not
 *     known
 */
public record Topology(@Nullable String nodeName, @Nullable String zone, Set<String> addresses) {

    /** Nothing is known. */
    public static final Topology UNKNOWN = new Topology(null, null, Set.of());

    /** Copies the set. */
    public Topology {
        addresses = Set.copyOf(addresses);
    }

    /**
     * A node in a zone.
     *
     * @param nodeName the name of our node, or null where it is not known
     * @param zone our zone, or null where it is not known
     * @return the topology, without addresses
     */
    public static Topology of(@Nullable String nodeName, @Nullable String zone) {
        return new Topology(nodeName, zone, Set.of());
    }

    /** The name of our node, where it is known. */
    public Optional<String> node() {
        return Optional.ofNullable(nodeName);
    }

    /** Whether both node and zone are known. */
    public boolean isComplete() {
        return nodeName != null && zone != null;
    }

    /** The families of our own addresses, which are those we can call; both where our addresses are not known. */
    public Set<IpFamily> families() {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        addresses.forEach(address -> families.add(IpFamily.of(address)));
        return families.isEmpty() ? EnumSet.allOf(IpFamily.class) : families;
    }

    /**
     * This topology, with what it lacks taken from another one: what is known stays.
     *
     * @param more what is known besides
     * @return the completed topology
     */
    public Topology completedBy(Topology more) {
        return new Topology(
                nodeName == null ? more.nodeName : nodeName,
                zone == null ? more.zone : zone,
                addresses.isEmpty() ? more.addresses : addresses);
    }
}
