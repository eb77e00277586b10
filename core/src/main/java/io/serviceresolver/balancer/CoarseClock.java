package io.serviceresolver.balancer;

import java.util.function.LongSupplier;

/**
 * Time in units of 67 milliseconds, for what happens far more often: looking at a clock costs more than all else of a pick.
 * The more often it is asked within a unit, the more seldom it looks; at most 15 times out of 16 it says what it saw last.
 */
final class CoarseClock {

    private static final int UNIT_BITS = 26;

    static final long UNIT_NANOS = 1L << UNIT_BITS;

    private static final int MOST_PASSED_OVER = 15;

    private final LongSupplier ticker;

    /** What was seen last. Written by whoever looks, without order: it is off by less than threads are. */
    private int seen;

    /** In how many of the times it is asked it does not look, as a mask of random bits. Written as above. */
    private int passedOver;

    CoarseClock(LongSupplier ticker) {
        this.ticker = ticker;
        this.seen = units();
    }

    private int units() {
        return (int) (ticker.getAsLong() >> UNIT_BITS);
    }

    /**
     * What time it is, or was a moment ago.
     *
     * @param random at least four random bits, the lowest
     */
    int now(int random) {
        return (random & passedOver) == 0 ? look() : seen;
    }

    /** What time it is. */
    int look() {
        int now = units();
        int passed = now - seen;
        if (passed == 0) {
            passOver(Math.min(passedOver * 2 + 1, MOST_PASSED_OVER));
        } else {
            seen = now;
            passOver(passed == 1 ? passedOver : 0);
        }
        return now;
    }

    private void passOver(int times) {
        if (times != passedOver) {
            passedOver = times;
        }
    }
}
