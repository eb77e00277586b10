package io.serviceresolver.balancer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Counts on for all who ask. It starts at random, and never overflows. All share one counter, until threads get in each
 * other's way there time and again; from then on they count by several, each with a start of its own (as {@link
 * java.util.concurrent.atomic.LongAdder} does). It is the shared counter itself, which whoever asks advances until there
 * are stripes.
 */
final class Cursor extends AtomicLong {

    private static final long serialVersionUID = 1L;

    /** So many longs lie between two counters, so that no two share a cache line, nor the pair that is fetched together. */
    private static final int SPACING_BITS = 4;

    /** Threads that meet twice within so many steps are in each other's way. */
    private static final int NEAR = 64;

    private static final int MOST_STRIPES = 64;

    private final transient RandomGenerator random;

    /** One counter for some threads each; null as long as one is enough. Made by whoever meets another. */
    private transient volatile @Nullable AtomicLongArray stripes;

    /** Where two threads met last. Written without order: it is a hint. */
    private long met;

    Cursor(RandomGenerator random) {
        super(start(random));
        this.random = random;
        this.met = get() - NEAR;
    }

    /** Far beyond any number of endpoints, so that what is left of it by division is as random. */
    private static long start(RandomGenerator random) {
        return random.nextInt() & Integer.MAX_VALUE;
    }

    /** The next position: never negative. */
    long next() {
        AtomicLongArray striped = stripes;
        if (striped != null) {
            return striped.getAndIncrement(place(striped));
        }
        long now = get();
        return compareAndSet(now, now + 1) ? now : meet(now);
    }

    private long meet(long now) {
        if (now - met < NEAR) {
            stripe();
        }
        met = now;
        return getAndIncrement();
    }

    /** Counts by several from now on. */
    void stripe() {
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), MOST_STRIPES / 2);
        int count = Integer.highestOneBit(processors) * 2;
        AtomicLongArray made = new AtomicLongArray((count + 1) << SPACING_BITS);
        for (int i = 1; i <= count; i++) {
            made.set(i << SPACING_BITS, start(random));
        }
        stripes = made;
    }

    private static int place(AtomicLongArray striped) {
        int count = (striped.length() >> SPACING_BITS) - 1;
        int stripe = (int) Thread.currentThread().getId() & (count - 1);
        return (stripe + 1) << SPACING_BITS;
    }
}
