package io.serviceresolver.balancer;

import java.util.List;

/**
 * Makes pickers: one for each set of candidates. A balancer belongs to one handle, and may keep between updates what
 * must outlive them, such as the position of a rotation.
 *
 * <p>The contract of threads: {@link #update} is called by one thread at a time, each call seeing what the one before it
 * wrote; it may take its time but must not block. The {@link Picker} it returns is called by all threads at once, also
 * for a while after the next one was made. What the two share must be safe for that.
 */
@FunctionalInterface
public interface Balancer {

    /**
     * Makes the picker for the endpoints that may be chosen from now on.
     *
     * @param candidates at least one; immutable
     * @return the picker
     */
    Picker update(List<? extends Candidate> candidates);
}
