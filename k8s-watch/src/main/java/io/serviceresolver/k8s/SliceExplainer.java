package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.KnownEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says of each endpoint of each slice whether it is in the set, and why not. It looks at what was chosen, and does not
 * choose anew. Not thread-safe.
 */
final class SliceExplainer {

    private final String namespace;
    private final Collection<Slice> current;
    private final Collection<Slice> sources;
    private final long now;

    /** The endpoints chosen, by identity, each with the slice that it is from. */
    private final IdentityHashMap<Endpoint, Slice> chosen = new IdentityHashMap<>();

    private final Map<String, Endpoint> byAuthority = new HashMap<>();
    private final Map<String, Endpoint> byPod = new HashMap<>();

    /**
     * Prepares.
     *
     * @param namespace the namespace of the slices
     * @param current the slices that there are
     * @param sources those that endpoints were chosen from: also slices that are gone
     * @param now the time
     */
    SliceExplainer(String namespace, Collection<Slice> current, Collection<Slice> sources, long now) {
        this.namespace = namespace;
        this.current = current;
        this.sources = sources;
        this.now = now;
    }

    /** Why no port is meant. */
    static String reason(PortDecision decision) {
        return decision instanceof PortDecision.Refused refused
                ? refused.reason()
                : "which port is meant is not known yet: the Service has not been read";
    }

    /**
     * Explains.
     *
     * @param decision which port is meant
     * @param set the endpoints that were chosen: the very objects of the slices
     */
    List<KnownEndpoint> explain(PortDecision decision, List<Endpoint> set) {
        PortChoice choice = decision instanceof PortDecision.Use use ? use.choice() : PortChoice.none();
        set.forEach(endpoint -> {
            byAuthority.put(endpoint.authority(), endpoint);
            @Nullable String uid = endpoint.id().uid();
            if (uid != null) {
                byPod.put(uid, endpoint);
            }
        });
        IdentityHashMap<Endpoint, Endpoint> identities = new IdentityHashMap<>();
        set.forEach(endpoint -> identities.put(endpoint, endpoint));
        sources.forEach(slice -> at(choice, slice).forEach(endpoint -> {
            if (identities.containsKey(endpoint)) {
                chosen.put(endpoint, slice);
            }
        }));
        List<KnownEndpoint> known = new ArrayList<>();
        sources.forEach(slice -> known.addAll(of(slice, choice, decision)));
        return known;
    }

    private static List<Endpoint> at(PortChoice choice, Slice slice) {
        SlicePort port = choice.in(slice);
        return port == null ? List.of() : slice.at(port);
    }

    private List<KnownEndpoint> of(Slice slice, PortChoice choice, PortDecision decision) {
        List<Endpoint> meant = at(choice, slice);
        if (!current.contains(slice)) {
            // It is gone, or is another now: what is kept of it for a while.
            return meant.stream()
                    .filter(chosen::containsKey)
                    .map(endpoint -> known(endpoint, slice, " (which has it no more)", Optional.empty()))
                    .toList();
        }
        if (meant.isEmpty()) {
            String reason = decision instanceof PortDecision.Use
                    ? "no such port in its slice: " + ports(slice)
                    : reason(decision);
            return slice.endpoints().stream()
                    .map(endpoint -> known(endpoint, slice, "", Optional.of(reason)))
                    .toList();
        }
        return meant.stream()
                .map(endpoint -> known(endpoint, slice, "", leftOut(endpoint)))
                .toList();
    }

    private static String ports(Slice slice) {
        return slice.ports().isEmpty()
                ? "none"
                : slice.ports().stream().map(SlicePort::shown).collect(Collectors.joining(", "));
    }

    private Optional<String> leftOut(Endpoint endpoint) {
        if (chosen.containsKey(endpoint)) {
            return Optional.empty();
        }
        @Nullable Endpoint same = byAuthority.get(endpoint.authority());
        if (same != null) {
            @Nullable Slice from = chosen.get(same);
            return Optional.of("duplicate of " + same + (from == null ? "" : " in " + object(from)));
        }
        @Nullable String uid = endpoint.id().uid();
        @Nullable Endpoint other = uid == null ? null : byPod.get(uid);
        return Optional.of(
                other == null
                        ? "not chosen"
                        : "its Pod is called by its address of the other family: " + other.address());
    }

    private KnownEndpoint known(Endpoint endpoint, Slice slice, String note, Optional<String> leftOut) {
        Revision revision = slice.revision();
        Duration age = Duration.ofNanos(now - revision.learntNanos());
        return new KnownEndpoint(endpoint, object(slice) + note, revision.version(), age, leftOut);
    }

    private String object(Slice slice) {
        return "EndpointSlice " + namespace + "/" + slice.name();
    }
}
