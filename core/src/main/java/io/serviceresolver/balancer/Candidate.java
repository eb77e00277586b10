package io.serviceresolver.balancer;

import io.serviceresolver.endpoint.Endpoint;

/**
 * An endpoint as a balancer sees it: the same object for as long as the endpoint exists, from one update to the next.
 * Thread-safe.
 */
public interface Candidate {

    /** The endpoint as it is known now. */
    Endpoint endpoint();

    /** How many calls of this resolver are in flight there now. */
    int inFlight();

    /** Counts a call as in flight. For a {@link Picker} that overrides {@link Picker#begin()}; its caller ends it. */
    void begin();

    /**
     * Counts a call as in flight if exactly so many are now. For a {@link Picker} whose choice must be exact while
     * others choose at the same time.
     *
     * @param expected how many calls were in flight when the choice was made
     * @return whether the call was counted
     */
    boolean beginIf(int expected);
}
