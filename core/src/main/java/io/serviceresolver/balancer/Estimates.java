package io.serviceresolver.balancer;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a balancer knows of each of its candidates, from one update to the next. Updated by one thread at a time; found by
 * any.
 */
final class Estimates<T extends Estimate> {

    /** Where they are found by the index of their candidate. Written by {@link #update}. */
    private volatile @Nullable T[] byIndex;

    /** The candidates of the last update, and what is known of each. For {@link #update} only. */
    private Candidate[] order = {};

    private T[] all;

    /**
     * Of no candidates.
     *
     * @param none an empty array
     */
    Estimates(T[] none) {
        this.byIndex = none;
        this.all = none;
    }

    /**
     * Keeps what is known of those that stay. Takes as long as a copy, and for each candidate between the first and the last that
     * is not as before.
     *
     * @param now the candidates from now on
     * @param newcomer makes what is known of one that joins others
     * @param unknown the same, where all are new
     * @return what is known of each, in their order
     */
    T[] update(Candidate[] now, Function<Candidate, T> newcomer, Function<Candidate, T> unknown) {
        Span other = Span.between(order, now);
        T[] made = other.copyAround(all, Arrays.copyOf(all, now.length));
        boolean anyKnown = other.end() - other.start() < now.length;
        for (int i = other.start(); i < other.end(); i++) {
            anyKnown |= find(now[i]) != null;
        }
        for (int i = other.start(); i < other.end(); i++) {
            T known = find(now[i]);
            made[i] = known == null ? (anyKnown ? newcomer : unknown).apply(now[i]) : known;
        }
        byIndex = other.place(byIndex, order, now, made);
        order = now;
        all = made;
        return made;
    }

    /** What is known of a candidate; nothing of one that has gone. */
    @Nullable
    T find(Candidate candidate) {
        @Nullable T[] known = byIndex;
        int index = candidate.index();
        T found = index < known.length ? known[index] : null;
        return found != null && found.candidate() == candidate ? found : null;
    }
}
