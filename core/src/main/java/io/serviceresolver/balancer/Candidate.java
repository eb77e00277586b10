package io.serviceresolver.balancer;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as a balancer sees it: the same object for as long as the endpoint exists, from one update to the next, and
 * for all handles of its service. Thread-safe.
 */
public interface Candidate {

    /** How long a call took, where that is not known: any negative number is as good. */
    long UNTIMED = -1;

    /** The endpoint as it is known now. */
    Endpoint endpoint();

    /**
     * A small number that no other candidate of the service has as long as this one exists: for balancers that keep
     * something for each, in an array. Another one may have it afterwards.
     */
    int index();

    /** How many calls of this resolver are in flight there now. */
    int inFlight();

    /**
     * How many calls it is to get in relation to others, 1 by default: more than zero, and finite. Constant from one
     * {@linkplain Balancer#update update} to the next.
     */
    default double weight() {
        return 1;
    }

    /** Counts a call as in flight. Whoever begins a call ends it. */
    default void begin() {
        begin(null);
    }

    /**
     * As {@link #begin()}, and tells all balancers that want to know but one. For a {@link Picker} that overrides
     * {@link Picker#begin()} and keeps its own account.
     *
     * @param knows who need not be told; null to tell all
     */
    void begin(@Nullable Balancer knows);

    /**
     * Ends a call that was begun: to be called once for each.
     *
     * @param outcome how it ended
     * @param latencyNanos how long it took; {@link #UNTIMED} where that is not known
     */
    void end(Outcome outcome, long latencyNanos);
}
