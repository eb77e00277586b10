package io.serviceresolver.balancer;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long calls took: their mean, their number, and when that was, of which the number fades with time. All of it is one
 * word, so that it changes as a whole and no thread waits for another: a mean of 24 bits (the upper ones of a {@code float},
 * nanoseconds), a number of 20 bits (in steps of 1/512), and a time of 20 bits (in {@linkplain CoarseClock units}).
 */
sealed class MeanLatency extends AtomicLong permits TimedCandidate {

    private static final long serialVersionUID = 1L;

    /** As long as this, a call of some time ago counts for 1/e. */
    private static final double FADING_UNITS = 10e9 / CoarseClock.UNIT_NANOS;

    /** So much a thread may lag behind the one that wrote last: to it, that was just now. */
    private static final int LAG_UNITS = 16;

    private static final int MEAN_BITS = 24;
    private static final int MEAN_DROPPED = 31 - MEAN_BITS;
    private static final int MEAN_MASK = (1 << MEAN_BITS) - 1;
    private static final int CALLS_MASK = (1 << 20) - 1;
    private static final double CALLS_STEPS = 512;
    private static final int TIME_SHIFT = 44;
    private static final int TIME_MASK = (1 << 20) - 1;

    /** What is left of a call after so many units; nothing after seven times the time of fading. */
    private static final double[] LEFT = left();

    /**
     * Made of what is known already.
     *
     * @param word zero where nothing is known
     */
    MeanLatency(long word) {
        super(word);
    }

    private static double[] left() {
        double[] left = new double[LAG_UNITS + (int) (7 * FADING_UNITS)];
        for (int i = 0; i < left.length; i++) {
            left[i] = Math.exp(-Math.max(0, i - LAG_UNITS) / FADING_UNITS);
        }
        return left;
    }

    /** The word for a number of calls, and how long they took on average: nanoseconds, 1 or more. */
    static long word(double mean, double calls, int now) {
        // Rounded to the nearest: cut off, the mean would sink.
        int bits = (Float.floatToRawIntBits((float) mean) + (1 << (MEAN_DROPPED - 1))) >>> MEAN_DROPPED;
        return ((long) (now & TIME_MASK) << TIME_SHIFT) | ((long) (calls * CALLS_STEPS + 0.5) << MEAN_BITS) | bits;
    }

    /** The mean that a word holds. */
    static double mean(long word) {
        return Float.intBitsToFloat(((int) word & MEAN_MASK) << MEAN_DROPPED);
    }

    /** How many units ago that was, and {@link #LAG_UNITS} more. */
    private static int age(long word, int now) {
        return (now - (int) (word >>> TIME_SHIFT) + LAG_UNITS) & TIME_MASK;
    }

    /** The number of calls that a word holds, as far as they have not faded. */
    static double calls(long word, int now) {
        int age = age(word, now);
        return age < LEFT.length ? ((int) (word >>> MEAN_BITS) & CALLS_MASK) / CALLS_STEPS * LEFT[age] : 0;
    }

    /** Whether anything is known. */
    boolean isKnown() {
        return get() != 0;
    }

    /** The mean, nanoseconds; zero where nothing is known. */
    double mean() {
        return mean(get());
    }

    /** The number of calls as far as they have not faded, at most as many as count. */
    double calls(int now) {
        return calls(get(), now);
    }

    /**
     * Counts a call.
     *
     * @param nanos how long it took, 1 or more
     * @param most the highest number of calls that count, 2,000 at most: the higher, the slower the mean follows
     */
    void add(double nanos, int now, int most) {
        long before;
        long after;
        do {
            before = get();
            after = with(before, nanos, now, most);
        } while (!compareAndSet(before, after));
    }

    private static long with(long word, double nanos, int now, int most) {
        double calls = calls(word, now);
        double mean = (mean(word) * calls + nanos) / (calls + 1);
        int time = age(word, now) < LAG_UNITS ? (int) (word >>> TIME_SHIFT) : now;
        return word(mean, calls + 1 < most ? calls + 1 : most, time);
    }
}
