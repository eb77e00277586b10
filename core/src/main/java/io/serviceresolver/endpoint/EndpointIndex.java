package io.serviceresolver.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints by their ids: a hash table with linear probing (D. E. Knuth, "The Art of Computer Programming", vol. 3, section 6.4,
 * algorithms L and R). Immutable: the next one is made by copying one array, which costs far less than hashing all anew.
 */
final class EndpointIndex {

    static final EndpointIndex EMPTY = new EndpointIndex(0);

    private static final int LEAST_PLACES = 4;

    /** A power of two, and more than there are endpoints by a quarter or more. */
    private final @Nullable Endpoint[] places;

    private EndpointIndex(int size) {
        this(new Endpoint[placesFor(size)]);
    }

    private EndpointIndex(@Nullable Endpoint[] places) {
        this.places = places;
    }

    private static int placesFor(int size) {
        return Math.max(LEAST_PLACES, Integer.highestOneBit(size + size / 4) * 2);
    }

    /**
     * The index that follows this one.
     *
     * @param changes what tells the next set from the one of this index
     * @param all the next set
     */
    EndpointIndex next(Changes changes, List<Endpoint> all) {
        int wanted = placesFor(all.size());
        if (wanted > places.length || wanted < places.length / 4) {
            EndpointIndex made = new EndpointIndex(all.size());
            all.forEach(made::put);
            return made;
        }
        EndpointIndex made = new EndpointIndex(places.clone());
        changes.removed().forEach(gone -> made.remove(gone.id()));
        changes.updated().forEach(made::put);
        changes.added().forEach(made::put);
        return made;
    }

    @Nullable
    Endpoint get(EndpointId id) {
        return places[placeOf(id)];
    }

    /** Where the endpoint with this id is, or would be. */
    private int placeOf(EndpointId id) {
        int place = home(id);
        Endpoint there = places[place];
        while (there != null && !there.id().equals(id)) {
            place = after(place);
            there = places[place];
        }
        return place;
    }

    private int home(EndpointId id) {
        int hash = id.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 16) & places.length - 1;
    }

    private int after(int place) {
        return place + 1 & places.length - 1;
    }

    // What follows is for one that is being made.

    private void put(Endpoint endpoint) {
        places[placeOf(endpoint.id())] = endpoint;
    }

    /** Closes the gap with those behind it that are not in their own places. */
    private void remove(EndpointId id) {
        int gap = placeOf(id);
        places[gap] = null;
        int place = after(gap);
        for (Endpoint there = places[place]; there != null; there = places[place]) {
            places[place] = null;
            put(there);
            place = after(place);
        }
    }
}
