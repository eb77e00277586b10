package io.serviceresolver.benchmarks.sim;

import java.time.Duration;

/**
 * How long a run takes, in simulated time. Calls arrive until its end, and are answered however long that takes.
 *
 * @param warmUpNanos until when calls do not count
 * @param halfWayNanos when the change comes
 * @param endNanos when the last call arrives
 */
record Span(long warmUpNanos, long halfWayNanos, long endNanos) {

    /** 30 seconds, of which 5 are warm-up. */
    static final Span STANDARD = ofSeconds(5, 15, 30);

    static Span ofSeconds(int warmUp, int halfWay, int end) {
        return new Span(
                Duration.ofSeconds(warmUp).toNanos(),
                Duration.ofSeconds(halfWay).toNanos(),
                Duration.ofSeconds(end).toNanos());
    }
}
