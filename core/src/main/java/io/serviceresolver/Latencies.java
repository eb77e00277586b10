package io.serviceresolver;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How long recent calls took, as a histogram whose buckets grow by an eighth of a power of two. Older calls count for
 * less and less: all counts are halved after each thousand. Thread-safe; a call that is counted while they are halved may
 * be lost.
 */
final class Latencies {

    private static final int RECENT = 1_024;

    /** So few tell nothing about the slowest of them. */
    private static final int LEAST = 100;

    /** Calls shorter than 2^16 ns, 66 us, are all the same; so are those longer than 2^38 ns, 4.6 min. */
    private static final int LOWEST_BITS = 16;

    private static final int POWERS = 22;
    private static final int STEP_BITS = 3;
    private static final int BUCKETS = POWERS << STEP_BITS;

    /** Raised by the threads that call. */
    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);

    private final AtomicInteger total = new AtomicInteger();

    void record(long nanos) {
        counts.incrementAndGet(bucket(nanos));
        if (total.incrementAndGet() == 2 * RECENT) {
            halve();
        }
    }

    private void halve() {
        int left = 0;
        for (int i = 0; i < BUCKETS; i++) {
            left += counts.updateAndGet(i, count -> count / 2);
        }
        total.set(left);
    }

    /**
     * A time that a share of the recent calls did not exceed.
     *
     * @param quantile the share, 0 to 1
     * @return nanoseconds, rounded up by an eighth at most; negative where too few calls are known
     */
    long quantile(double quantile) {
        int known = total.get();
        if (known < LEAST) {
            return -1;
        }
        double rank = quantile * known;
        int seen = 0;
        int bucket = 0;
        while (bucket < BUCKETS - 1) {
            seen += counts.get(bucket);
            if (seen >= rank) {
                break;
            }
            bucket++;
        }
        return end(bucket);
    }

    private static int bucket(long nanos) {
        int power = 63 - Long.numberOfLeadingZeros(Math.max(1, nanos));
        if (power < LOWEST_BITS) {
            return 0;
        }
        int step = (int) (nanos >>> (power - STEP_BITS)) & ((1 << STEP_BITS) - 1);
        return Math.min(BUCKETS - 1, ((power - LOWEST_BITS) << STEP_BITS) + step);
    }

    /** Where the next bucket begins. */
    private static long end(int bucket) {
        int next = bucket + 1;
        int power = LOWEST_BITS + (next >> STEP_BITS);
        long step = next & ((1 << STEP_BITS) - 1);
        return (1L << power) + (step << (power - STEP_BITS));
    }
}
