package io.serviceresolver;

import io.serviceresolver.endpoint.Changes;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointId;
import io.serviceresolver.endpoint.EndpointSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of one service by their identity. A host stays the same object from one set to the next, also when the next
 * set comes from another source that does not know the UIDs of Pods. Confined to the event loop.
 */
final class HostTable {

    private final Ledger ledger;

    private final Map<EndpointId, Host> byId = new HashMap<>();

    /**
     * Hosts that left while calls were in flight there, by address and port: if the endpoint comes back, those calls
     * still count.
     */
    private final Map<EndpointId, Host> leaving = new HashMap<>();

    /** The set that the table holds. */
    private EndpointSet current = EndpointSet.EMPTY;

    /** Its hosts, in the order of its endpoints. */
    private List<Host> ordered = List.of();

    /** The indexes that hosts have. */
    private final BitSet indexes = new BitSet();

    /** How many calls went well at hosts while they were here that are not any more. */
    private long wentWellBefore;

    HostTable(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Makes the table hold this set. */
    void update(EndpointSet next) {
        Changes changes = next.changesSince(current);
        for (Endpoint gone : changes.removed()) {
            Host host = Objects.requireNonNull(byId.remove(gone.id()));
            forget(leaving.put(withoutUid(gone.id()), host));
        }
        changes.added().forEach(added -> byId.put(added.id(), comeBackOrNew(added)));
        changes.updated().forEach(now -> host(now).update(now));
        leaving.values().removeIf(host -> host.inFlight() == 0 && forget(host));
        ordered = order(next.endpoints());
        current = next;
    }

    /** Finds hosts: only between what stands at the same place as before, from the beginning or from the end. */
    private List<Host> order(List<Endpoint> next) {
        List<Endpoint> before = current.endpoints();
        int most = Math.min(before.size(), next.size());
        int start = 0;
        while (start < most && next.get(start).equals(before.get(start))) {
            start++;
        }
        int shift = before.size() - next.size();
        int end = next.size();
        while (end > start && end + shift > start && next.get(end - 1).equals(before.get(end - 1 + shift))) {
            end--;
        }
        Host[] hosts = new Host[next.size()];
        for (int i = 0; i < hosts.length; i++) {
            if (i < start) {
                hosts[i] = ordered.get(i);
            } else {
                hosts[i] = i < end ? host(next.get(i)) : ordered.get(i + shift);
            }
        }
        return List.of(hosts);
    }

    /** Gives the index of a host to others, and takes over what it counted. */
    private boolean forget(@Nullable Host host) {
        if (host != null) {
            indexes.clear(host.index());
            host.leave();
            wentWellBefore += host.wentWell();
        }
        return true;
    }

    private Host make(Endpoint added) {
        int index = indexes.nextClearBit(0);
        indexes.set(index);
        return new Host(added, index, ledger);
    }

    private Host comeBackOrNew(Endpoint added) {
        Host left = leaving.get(withoutUid(added.id()));
        if (left == null || !maySharePod(left.endpoint().id(), added.id())) {
            return make(added);
        }
        leaving.remove(withoutUid(added.id()));
        left.update(added);
        return left;
    }

    private static EndpointId withoutUid(EndpointId id) {
        return new EndpointId(id.address(), id.port(), null);
    }

    private static boolean maySharePod(EndpointId one, EndpointId other) {
        return one.uid() == null || other.uid() == null || one.uid().equals(other.uid());
    }

    /** The host of an endpoint, where the current set has it. */
    Optional<Host> find(EndpointId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The host of an endpoint of the current set. */
    Host host(Endpoint endpoint) {
        return Objects.requireNonNull(byId.get(endpoint.id()));
    }

    /** The hosts of endpoints of the current set, in their order: found without looking them up where that is the set's order. */
    List<Host> hosts(List<Endpoint> endpoints) {
        List<Endpoint> all = current.endpoints();
        if (endpoints.equals(all)) {
            return ordered;
        }
        Host[] hosts = new Host[endpoints.size()];
        int place = 0;
        for (int i = 0; i < hosts.length; i++) {
            Endpoint endpoint = endpoints.get(i);
            while (place < all.size() && !endpoint.equals(all.get(place))) {
                place++;
            }
            hosts[i] = place < all.size() ? ordered.get(place) : host(endpoint);
        }
        return List.of(hosts);
    }

    /** The hosts of all endpoints of the current set, in their order. */
    List<Host> current() {
        return hosts(current.endpoints());
    }

    /** How many calls went well at hosts that the table held once, until it did not. */
    long wentWellBefore() {
        return wentWellBefore;
    }

    /** All hosts where calls may be in flight. */
    List<Host> all() {
        if (leaving.isEmpty()) {
            return ordered;
        }
        List<Host> all = new ArrayList<>(ordered);
        all.addAll(leaving.values());
        return List.copyOf(all);
    }
}
