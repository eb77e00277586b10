package io.serviceresolver.examples;

import java.time.Duration;

/**
 * How fast calls are made, whether those before have ended or not.
 *
 * @param callsPerSecond how many are begun in a second
 * @param maxInFlight how many may be in flight at once; while there are so many, none is begun
 */
record Pace(int callsPerSecond, int maxInFlight) {

    /** The time from the beginning of one call to that of the next one. */
    Duration interval() {
        return Duration.ofSeconds(1).dividedBy(callsPerSecond);
    }
}
