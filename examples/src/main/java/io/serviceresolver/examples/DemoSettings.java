package io.serviceresolver.examples;

import java.time.Duration;

/**
 * How large the demo is.
 *
 * @param pods how many replicas of the service there are: 2 to {@link #MAX_PODS}
 * @param pace how fast calls are made
 * @param calls how many calls a scene makes
 * @param podLatency how long a Pod works on a call
 * @param slowLatency how long the slow Pod works on one
 * @param grace how long a Pod that terminates goes on as before, as by a {@code preStop} hook
 * @param deadline how long the whole may take
 */
record DemoSettings(
        int pods, Pace pace, int calls, Duration podLatency, Duration slowLatency, Duration grace, Duration deadline) {

    /** So many letters there are to name Pods by. */
    static final int MAX_PODS = 26;

    DemoSettings {
        if (pods < 2 || pods > MAX_PODS) {
            throw new IllegalArgumentException("pods: " + pods + " (expected: 2 to " + MAX_PODS + ")");
        }
    }

    /** What {@code mvn -q -Pdemo} shows: about half a minute. */
    static DemoSettings standard() {
        return new DemoSettings(
                10,
                new Pace(300, 64),
                1_000,
                Duration.ofMillis(5),
                Duration.ofMillis(800),
                Duration.ofSeconds(1),
                Duration.ofMinutes(3));
    }

    /** The letter of a Pod: {@code a} for the first one. */
    static String letter(int index) {
        return String.valueOf((char) ('a' + index));
    }
}
