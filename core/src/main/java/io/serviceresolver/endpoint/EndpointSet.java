package io.serviceresolver.endpoint;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All endpoints of a service at one moment, whatever their conditions. Immutable; no two have the same
 * {@link EndpointId}. A set made of another one by {@link #next} bears the next version, holds the very objects of the
 * earlier set for all that did not change, and knows its {@link #changes}, so that whoever follows the versions one by
 * one has work for what changed only. Sets are compared by identity.
 */
public final class EndpointSet {

    /** The set without endpoints from which every line of versions starts: version 0. */
    public static final EndpointSet EMPTY = new EndpointSet(
            0, EndpointIndex.EMPTY, new FixedList<>(), 0, Changes.NONE, ServiceTraits.DEFAULT, new Object());

    /** Tells this set from every other one, and is what its successor remembers of it: not the set, which may go. */
    private final Object token = new Object();

    private final Object predecessor;

    private final long version;
    private final EndpointIndex index;
    private final FixedList<Endpoint> endpoints;
    private final int readyCount;
    private final Changes changes;
    private final ServiceTraits traits;

    private EndpointSet(
            long version,
            EndpointIndex index,
            FixedList<Endpoint> endpoints,
            int readyCount,
            Changes changes,
            ServiceTraits traits,
            Object predecessor) {
        this.version = version;
        this.index = index;
        this.endpoints = endpoints;
        this.readyCount = readyCount;
        this.changes = changes;
        this.traits = traits;
        this.predecessor = predecessor;
    }

    /**
     * A first set: version 1, everything in it added.
     *
     * @param endpoints the endpoints; of several with the same id the last one stays, at the place of the first
     * @return the set; {@link #EMPTY} where there are no endpoints
     */
    public static EndpointSet of(Collection<Endpoint> endpoints) {
        return EMPTY.next(endpoints);
    }

    /**
     * The set that follows this one, with the same traits.
     *
     * @param replacements all endpoints there are now; of several with the same id the last one stays, at the place of
     *     the first
     * @return this very set where nothing changed, else a set of the next version
     */
    public EndpointSet next(Collection<Endpoint> replacements) {
        return next(replacements, traits);
    }

    /**
     * The set that follows this one.
     *
     * @param replacements all endpoints there are now; of several with the same id the last one stays, at the place of
     *     the first
     * @param now what holds for all of them
     * @return this very set where nothing changed, else a set of the next version
     */
    public EndpointSet next(Collection<Endpoint> replacements, ServiceTraits now) {
        SetComparison comparison = compare(replacements.toArray());
        Changes since = comparison.changes();
        if (since.isEmpty() && now.equals(traits)) {
            return this;
        }
        FixedList<Endpoint> next = comparison.endpoints();
        int ready = readyCount + comparison.moreReady();
        return new EndpointSet(version + 1, index.next(since, next), next, ready, since, now, token);
    }

    private SetComparison compare(Object[] next) {
        SetComparison comparison = new SetComparison(endpoints, index, next);
        if (!comparison.run()) {
            Map<EndpointId, Endpoint> unique = new LinkedHashMap<>();
            for (Endpoint endpoint : new FixedList<Endpoint>(next)) {
                unique.put(endpoint.id(), endpoint);
            }
            comparison = new SetComparison(endpoints, index, unique.values().toArray());
            comparison.run();
        }
        return comparison;
    }

    /** The number of this set in its line of versions: 0 for {@link #EMPTY}, one more for each change. */
    public long version() {
        return version;
    }

    /** The endpoints, in the order in which the source gave them: an immutable list. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** How many endpoints there are, whatever their conditions: the number. */
    public int size() {
        return endpoints.size();
    }

    /** Whether there are none: true where there are none. */
    public boolean isEmpty() {
        return endpoints.isEmpty();
    }

    /**
     * The endpoint with this id.
     *
     * @param id address, port and Pod UID
     * @return the endpoint, if it is in the set
     */
    public Optional<Endpoint> find(EndpointId id) {
        return Optional.ofNullable(index.get(id));
    }

    /** How many endpoints are ready: the number. */
    public int readyCount() {
        return readyCount;
    }

    /** What this version changed of the endpoints against the one before it: none, where only the traits changed. */
    public Changes changes() {
        return changes;
    }

    /** What holds for the whole Service. */
    public ServiceTraits traits() {
        return traits;
    }

    /**
     * What changed of the endpoints from another set to this one. It costs as much as there are changes where the other set is the
     * version before this one, and as much as there are endpoints otherwise.
     *
     * @param earlier the set to compare with, of the same line of versions or of another
     * @return the changes
     */
    public Changes changesSince(EndpointSet earlier) {
        if (earlier == this) {
            return Changes.NONE;
        }
        if (earlier.token == predecessor) {
            return changes;
        }
        EndpointSet next = earlier.next(endpoints);
        return next == earlier ? Changes.NONE : next.changes;
    }

    @Override
    public String toString() {
        return "version " + version + ": " + endpoints;
    }
}
