package io.serviceresolver.examples;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Counts calls as they end. All is guarded by the lock of this object. */
final class Tally {

    private static final double NANOS_PER_MILLI = 1e6;

    private final TreeMap<String, Long> perPod = new TreeMap<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private long[] nanos = new long[1024];
    private int answered;
    private long failed;

    synchronized void answered(String pod, long tookNanos) {
        if (answered == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * answered);
        }
        nanos[answered++] = tookNanos;
        perPod.merge(pod, 1L, Long::sum);
    }

    synchronized void failed(String reason) {
        failed++;
        failures.merge(reason, 1L, Long::sum);
    }

    synchronized LoadReport report() {
        long[] sorted = Arrays.copyOf(nanos, answered);
        Arrays.sort(sorted);
        return new LoadReport(
                answered + failed, failed, perPod, failures, percentile(sorted, 50), percentile(sorted, 99));
    }

    /** The least value that so many percent of all are not above (nearest rank). */
    private static double percentile(long[] sorted, int percent) {
        int rank = (sorted.length * percent + 99) / 100;
        return rank == 0 ? 0 : sorted[rank - 1] / NANOS_PER_MILLI;
    }
}
