package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointId;
import io.serviceresolver.endpoint.IpFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All slices of one Service, and the endpoints they amount to. Not thread-safe; it has no clock: time is told.
 *
 * <ul>
 *   <li>A slice replaces the one of the same name as a whole. What the union is depends on the slices that are there,
 *       not on the order in which they came.
 *   <li>Of endpoints with the same address and port one stays: one that is not terminating before one that is, then one
 *       that is ready before one that is not, then the one of the first slice by name. A Pod that a slice knows to be
 *       terminating is so, whatever another slice still says of it: a deletion is never taken back.
 *   <li>A Pod with an address of each family is one endpoint, of the preferred family.
 *   <li>A Pod moves from one slice to another by two writes. An endpoint that was ready and disappears without a word is
 *       therefore kept for a while, unless something is known of the Pod or of its address elsewhere.
 * </ul>
 */
final class SliceMerge {

    private static final List<IpFamily> BOTH = List.of(IpFamily.values());

    private final long limboNanos;
    private final TreeMap<String, Slice> slices = new TreeMap<>();
    private final Map<EndpointId, Limbo> limbo = new LinkedHashMap<>();

    /** An endpoint that no slice has any more: the slice that had it, its place there, and until when it is kept. */
    private record Limbo(Slice slice, int index, long deadline) {

        Endpoint endpoint() {
            return slice.endpoints().get(index);
        }
    }

    /** A Pod of which something is known that holds for its address of this family. */
    private record PodInFamily(@Nullable String uid, IpFamily family) {}

    /**
     * Starts without slices.
     *
     * @param limboNanos how long an endpoint that disappears is kept
     */
    SliceMerge(long limboNanos) {
        this.limboNanos = limboNanos;
    }

    void put(Slice slice, long now) {
        Slice before = slices.put(slice.name(), slice);
        dropKnown(List.of(slice));
        if (before != null) {
            depart(before, keys(List.of(slice)), now);
        }
    }

    void remove(String name, long now) {
        Slice before = slices.remove(name);
        if (before != null) {
            depart(before, Set.of(), now);
        }
    }

    /** Takes these slices as all that there are: whether that makes a difference. */
    boolean replaceAll(Collection<Slice> all, long now) {
        Map<String, Slice> before = new TreeMap<>(slices);
        slices.clear();
        for (Slice slice : all) {
            Slice known = before.get(slice.name());
            slices.put(slice.name(), slice.equals(known) ? known : slice);
        }
        Set<EndpointId> present = keys(all);
        present.addAll(ending(before.values()));
        before.values().forEach(slice -> depart(slice, present, now));
        return !before.equals(slices);
    }

    /** The slices that there are, by name. */
    Collection<Slice> slices() {
        return slices.values();
    }

    /** The slices that {@link #union} draws from: those that there are, and what is left of others for a while. */
    Collection<Slice> sources(long now) {
        forget(now);
        Set<Slice> sources = new LinkedHashSet<>(slices.values());
        limbo.values().forEach(left -> sources.add(left.slice()));
        return sources;
    }

    /** When an endpoint that is kept for a while is to go next. */
    OptionalLong nextDeparture(long now) {
        forget(now);
        return limbo.values().stream().mapToLong(Limbo::deadline).min();
    }

    /** Whether nothing is left: no slice, and no endpoint that is kept for a while. */
    boolean isEmpty(long now) {
        forget(now);
        return slices.isEmpty() && limbo.isEmpty();
    }

    /**
     * The endpoints.
     *
     * @param choice which port of each slice
     * @param families which family a Pod of several is called by: the first that it has; those of others are left out
     * @param now the time
     * @return no two with the same address and port
     */
    List<Endpoint> union(PortChoice choice, List<IpFamily> families, long now) {
        forget(now);
        Map<EndpointId, Endpoint> chosen = new LinkedHashMap<>();
        Set<EndpointId> ending = ending(slices.values().stream()
                .filter(slice -> choice.in(slice) != null)
                .toList());
        for (Slice slice : slices.values()) {
            SlicePort port = choice.in(slice);
            List<Endpoint> endpoints = port == null ? List.of() : slice.at(port);
            for (Endpoint endpoint : endpoints) {
                if (!outdated(endpoint, ending)) {
                    chosen.merge(socket(endpoint), endpoint, SliceMerge::better);
                }
            }
        }
        for (Limbo left : limbo.values()) {
            SlicePort port = choice.in(left.slice());
            if (port != null) {
                Endpoint endpoint = left.slice().at(port).get(left.index());
                chosen.putIfAbsent(socket(endpoint), endpoint);
            }
        }
        return oneForEachPod(chosen.values(), families);
    }

    /** Address and port, whichever Pod is there. */
    private static EndpointId socket(Endpoint endpoint) {
        return endpoint.id().withUid(null);
    }

    private void depart(Slice before, Set<EndpointId> known, long now) {
        for (int i = 0; i < before.endpoints().size(); i++) {
            Endpoint endpoint = before.endpoints().get(i);
            if (stays(endpoint) && !known.contains(Slice.key(endpoint))) {
                limbo.put(Slice.key(endpoint), new Limbo(before, i, now + limboNanos));
            }
        }
        // What another slice says of it counts from now on, also when that one says nothing more a moment later.
        dropKnown(slices.values());
    }

    /** The Pods that are terminating, by what one of these slices says. */
    private static Set<EndpointId> ending(Collection<Slice> slices) {
        Set<EndpointId> ending = new HashSet<>();
        for (Slice slice : slices) {
            for (Endpoint endpoint : slice.endpoints()) {
                if (endpoint.conditions().terminating() && endpoint.id().hasUid()) {
                    ending.add(Slice.key(endpoint));
                }
            }
        }
        return ending;
    }

    /** Drops those whose time is up, and those that a slice knows better. */
    private void forget(long now) {
        limbo.values().removeIf(left -> left.deadline() - now <= 0);
        dropKnown(slices.values());
    }

    /** Drops those of whom, or of whose address, one of these slices knows better. */
    private void dropKnown(Collection<Slice> better) {
        if (limbo.isEmpty()) {
            return;
        }
        Set<String> addresses = new HashSet<>();
        Set<PodInFamily> pods = new HashSet<>();
        for (Slice slice : better) {
            for (Endpoint known : slice.endpoints()) {
                addresses.add(known.address());
                for (IpFamily family : stays(known) ? List.of(slice.family()) : BOTH) {
                    pods.add(new PodInFamily(known.id().uid(), family));
                }
            }
        }
        limbo.values().removeIf(left -> {
            Endpoint endpoint = left.endpoint();
            return addresses.contains(endpoint.address())
                    || (endpoint.id().hasUid()
                            && pods.contains(new PodInFamily(endpoint.id().uid(), family(endpoint))));
        });
    }

    /** Whether an endpoint would be missed if it were not there: ready, and meant to stay. */
    private static boolean stays(Endpoint endpoint) {
        return endpoint.conditions().ready() && !endpoint.conditions().terminating();
    }

    private static boolean outdated(Endpoint endpoint, Set<EndpointId> ending) {
        return !ending.isEmpty() && !endpoint.conditions().terminating() && ending.contains(Slice.key(endpoint));
    }

    /** Of two with one address and port the one that counts. */
    static Endpoint better(Endpoint first, Endpoint second) {
        return rank(second.conditions()) > rank(first.conditions()) ? second : first;
    }

    private static int rank(Conditions conditions) {
        if (conditions.terminating()) {
            return 0;
        }
        return conditions.ready() ? 2 : 1;
    }

    private static List<Endpoint> oneForEachPod(Collection<Endpoint> endpoints, List<IpFamily> families) {
        Set<IpFamily> present = EnumSet.noneOf(IpFamily.class);
        endpoints.forEach(endpoint -> present.add(family(endpoint)));
        if (present.size() < 2 && families.containsAll(present)) {
            return List.copyOf(endpoints);
        }
        Map<String, IpFamily> preferred = new HashMap<>();
        List<Endpoint> callable = endpoints.stream()
                .filter(endpoint -> families.contains(family(endpoint)))
                .toList();
        for (Endpoint endpoint : callable) {
            @Nullable String uid = endpoint.id().uid();
            if (uid != null) {
                preferred.merge(uid, family(endpoint), (a, b) -> families.indexOf(b) < families.indexOf(a) ? b : a);
            }
        }
        List<Endpoint> each = new ArrayList<>();
        for (Endpoint endpoint : callable) {
            @Nullable String uid = endpoint.id().uid();
            if (uid == null || preferred.get(uid) == family(endpoint)) {
                each.add(endpoint);
            }
        }
        return each;
    }

    private static IpFamily family(Endpoint endpoint) {
        return endpoint.id().family();
    }

    private static Set<EndpointId> keys(Collection<Slice> slices) {
        Set<EndpointId> keys = new HashSet<>();
        slices.forEach(slice -> slice.endpoints().forEach(endpoint -> keys.add(Slice.key(endpoint))));
        return keys;
    }
}
