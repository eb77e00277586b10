package io.serviceresolver.balancer;

import io.serviceresolver.call.Outcome;
import java.util.List;

/**
 * Makes pickers: one for each set of candidates. A balancer belongs to one handle, and may keep between updates what
 * must outlive them, such as the position of a rotation.
 *
 * <p>The contract of threads: {@link #update} is called by one thread at a time, each call seeing what the one before it
 * wrote; it may take its time but must not block. The {@link Picker} it returns is called by all threads at once, also
 * for a while after the next one was made. What the two share must be safe for that.
 *
 * <p>A balancer that says so in {@link #interest} is also told of calls: of all calls of the resolver to the service, also of
 * those that were begun through other handles of it, so that a part of a service and the whole learn from each other.
 */
@FunctionalInterface
public interface Balancer {

    /** What a balancer wants to be told of calls. Each costs every call something, so the default is nothing. */
    enum Interest {
        /** Nothing: what {@link Candidate#inFlight} says when it picks is enough. */
        NONE,
        /** When calls begin and end, and how they ended. */
        CALLS,
        /** The same, and how long they took: the clock is read twice for each call. */
        LATENCY
    }

    /**
     * Makes the picker for the endpoints that may be chosen from now on. It is called again when endpoints come or go, and
     * when the {@linkplain Candidate#weight weight} of one changes.
     *
     * @param candidates at least one; immutable
     * @return the picker
     */
    Picker update(List<? extends Candidate> candidates);

    /** What this balancer is told of calls, {@link Interest#NONE} by default: always the same. */
    default Interest interest() {
        return Interest.NONE;
    }

    /**
     * A call was begun. Called by the thread that calls, by all at once, after the count of calls in flight was raised: it
     * must not block, nor throw.
     *
     * @param at where; perhaps none of this balancer's candidates
     */
    default void begun(Candidate at) {}

    /**
     * A call ended. Called by the thread that ended it, by all at once, after the count of calls in flight was lowered: it
     * must not block, nor throw.
     *
     * @param at where; perhaps none of this balancer's candidates, or one no longer
     * @param outcome how it ended
     * @param latencyNanos how long it took; negative where that is not known
     */
    default void ended(Candidate at, Outcome outcome, long latencyNanos) {}
}
