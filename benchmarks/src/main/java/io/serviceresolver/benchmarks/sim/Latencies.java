package io.serviceresolver.benchmarks.sim;

import java.util.Arrays;

/** How long the calls of some time took that went well, and how many did not. */
final class Latencies {

    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[1_024];
    private int size;
    private long failed;

    void add(long latencyNanos) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = latencyNanos;
    }

    void addFailed() {
        failed++;
    }

    double meanMillis() {
        return Arrays.stream(nanos, 0, size).average().orElse(0) / NANOS_PER_MILLI;
    }

    Tail tail() {
        Arrays.sort(nanos, 0, size);
        double failedPercent = failed == 0 ? 0 : 100.0 * failed / (failed + size);
        return new Tail(millis(0.5), millis(0.99), millis(0.999), failedPercent, failed + size);
    }

    /** The least latency that so many calls do not exceed. */
    private double millis(double share) {
        return size == 0 ? 0 : nanos[Math.max(0, (int) Math.ceil(share * size) - 1)] / NANOS_PER_MILLI;
    }
}
