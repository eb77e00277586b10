package io.serviceresolver.benchmarks.sim;

import java.util.Locale;

/**
 * How calls fared.
 *
 * @param p50 the median of the latencies of calls that went well, in milliseconds
 * @param p99 the latency that one of a hundred exceeds, in milliseconds
 * @param p999 the latency that one of a thousand exceeds, in milliseconds
 * @param failed how many of a hundred failed
 * @param calls how many calls there were
 */
record Tail(double p50, double p99, double p999, double failed, long calls) {

    /** The columns of a line, milliseconds and percents, each with a comma before it. */
    String csv() {
        return String.format(Locale.ROOT, ",%d,%.3f,%.3f,%.3f,%.5f", calls, p50, p99, p999, failed);
    }
}
