package io.serviceresolver.balancer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of all {@link LoadOrder}s by their index, and where each stands in its own. Numbers and not objects, as
 * with many candidates what counts is how much memory a call touches. Not thread-safe.
 */
final class LoadTable {

    private static final int FIRST_CAPACITY = 8;

    private @Nullable Candidate[] candidates = new Candidate[0];

    /** The place of each in its order, and how many calls it is taken to have in flight. */
    private long[] standings = {};

    /** Who stands in an order; null where nobody does. */
    @Nullable
    Candidate find(int index) {
        return index < candidates.length ? candidates[index] : null;
    }

    /** As {@link #find}, of an index that stands in an order. */
    @SuppressWarnings("NullAway") // Somebody does.
    Candidate get(int index) {
        return candidates[index];
    }

    void put(Candidate candidate) {
        int index = candidate.index();
        if (index >= candidates.length) {
            int room = Math.max(index + 1, Math.max(FIRST_CAPACITY, candidates.length * 2));
            candidates = Arrays.copyOf(candidates, room);
            standings = Arrays.copyOf(standings, room);
        }
        candidates[index] = candidate;
    }

    void remove(int index) {
        candidates[index] = null;
    }

    void stand(int index, int place, int count) {
        standings[index] = (long) place << Integer.SIZE | count;
    }

    /** A {@link #place} and a {@link #count}. */
    long standing(int index) {
        return standings[index];
    }

    static int place(long standing) {
        return (int) (standing >>> Integer.SIZE);
    }

    static int count(long standing) {
        return (int) standing;
    }
}
