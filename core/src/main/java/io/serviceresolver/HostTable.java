package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointId;
import io.serviceresolver.endpoint.EndpointSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of one service by their identity. A host stays the same object from one set to the next, also when the next
 * set comes from another source that does not know the UIDs of Pods. Confined to the event loop.
 */
final class HostTable {

    private final Ledger ledger;

    /**
     * Hosts that left while calls were in flight there, by address and port: if the endpoint comes back, those calls
     * still count.
     */
    private final Map<EndpointId, Host> leaving = new HashMap<>();

    /** The set that the table holds. */
    private EndpointSet current = EndpointSet.EMPTY;

    /** Its hosts, in the order of its endpoints. */
    private HostList hosts = HostList.EMPTY;

    /** The indexes that hosts have. */
    private final BitSet indexes = new BitSet();

    /** How many calls went well at hosts while they were here that are not any more. */
    private long wentWellBefore;

    HostTable(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Makes the table hold this set. */
    void update(EndpointSet next) {
        if (next != current) {
            hosts = hosts(current.endpoints(), next.endpoints());
            current = next;
        }
        leaving.values().removeIf(host -> host.inFlight() == 0 && forget(host));
    }

    /** Finds or makes hosts: looks up only between what stands at the same place as before, from the beginning or from the end. */
    @SuppressWarnings("ReferenceEquality") // What is the same object needs no comparison, and all but a few are.
    private HostList hosts(List<Endpoint> before, List<Endpoint> now) {
        int most = Math.min(before.size(), now.size());
        int start = 0;
        while (start < most && before.get(start) == now.get(start)) {
            start++;
        }
        while (start < most && stays(before.get(start), now.get(start), start)) {
            start++;
        }
        int shift = before.size() - now.size();
        int end = now.size();
        while (end > start && end + shift > start && before.get(end - 1 + shift) == now.get(end - 1)) {
            end--;
        }
        while (end > start
                && end + shift > start
                && stays(before.get(end - 1 + shift), now.get(end - 1), end - 1 + shift)) {
            end--;
        }
        Host[] found = hosts.copy(start, now.size() - end, now.size());
        find(before.subList(start, end + shift), now.subList(start, end), found, start);
        return new HostList(found);
    }

    /** Whether an endpoint is the one that stood in a place. */
    private boolean stays(Endpoint was, Endpoint is, int place) {
        boolean same = was.id().equals(is.id());
        if (same) {
            hosts.get(place).update(is);
        }
        return same;
    }

    /** Finds or makes the hosts of some endpoints, and lets those go that stood there before. */
    private void find(List<Endpoint> before, List<Endpoint> now, Host[] found, int start) {
        Map<EndpointId, Host> left = new LinkedHashMap<>();
        for (int i = 0; i < before.size(); i++) {
            left.put(before.get(i).id(), hosts.get(start + i));
        }
        Map<EndpointId, Host> kept = new HashMap<>();
        for (Endpoint endpoint : now) {
            Host known = left.remove(endpoint.id());
            if (known != null) {
                known.update(endpoint);
                kept.put(endpoint.id(), known);
            }
        }
        left.values()
                .forEach(host -> forget(leaving.put(withoutUid(host.endpoint().id()), host)));
        // After the others have left: one of them may come back with another UID, or without.
        for (int i = 0; i < now.size(); i++) {
            Host known = kept.get(now.get(i).id());
            found[start + i] = known == null ? comeBackOrNew(now.get(i)) : known;
        }
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
        return id.withUid(null);
    }

    private static boolean maySharePod(EndpointId one, EndpointId other) {
        return !one.hasUid() || !other.hasUid() || one.hasUidOf(other);
    }

    /** The hosts of the current set by the ids of their endpoints: made for whoever asks. */
    Map<EndpointId, Host> byId() {
        Map<EndpointId, Host> byId = new HashMap<>();
        for (Host host : hosts) {
            byId.put(host.endpoint().id(), host);
        }
        return byId;
    }

    /** The hosts of endpoints of the current set that are in its order. */
    List<Host> hosts(List<Endpoint> endpoints) {
        List<Endpoint> all = current.endpoints();
        if (endpoints == all) {
            return hosts;
        }
        Host[] found = new Host[endpoints.size()];
        int place = 0;
        for (int i = 0; i < found.length; i++) {
            while (!endpoints.get(i).equals(all.get(place))) {
                place++;
            }
            found[i] = hosts.get(place++);
        }
        return found.length == hosts.size() ? hosts : new HostList(found);
    }

    /** The hosts of all endpoints of the current set, in their order. */
    List<Host> current() {
        return hosts;
    }

    /** How many calls went well at hosts that the table held once, until it did not. */
    long wentWellBefore() {
        return wentWellBefore;
    }

    /** All hosts where calls may be in flight. */
    List<Host> all() {
        if (leaving.isEmpty()) {
            return hosts;
        }
        List<Host> all = new ArrayList<>(hosts);
        all.addAll(leaving.values());
        return List.copyOf(all);
    }
}
