package io.serviceresolver.balancer;

import java.util.random.RandomGenerator;

/**
 * Looks at five different candidates at random, of which the first wins ties. As long as nothing is known of any, the first is
 * the next by rotation. The others lie in a quarter each of the round that begins after it: so they are different without
 * a comparison, and each candidate is looked at as often as any other, as the first is drawn from all.
 */
final class LeastOfFive implements Picker {

    private static final int QUARTERS = 4;
    private static final int QUARTER_BITS = 16;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final TimedCandidate[] all;
    private final int quarter;
    private final Cursor cursor;
    private final ResponseTimes times;
    private final RandomGenerator random;

    /**
     * Of many.
     *
     * @param all five or more
     */
    LeastOfFive(TimedCandidate[] all, Cursor cursor, ResponseTimes times, RandomGenerator random) {
        this.all = all;
        this.quarter = (all.length - 1) / QUARTERS;
        this.cursor = cursor;
        this.times = times;
        this.random = random;
    }

    @Override
    public Candidate pick() {
        long bits = random.nextLong();
        int now = times.moment((int) bits);
        // One draw is enough: the first depends on all of its bits together, each of the others on a part of them.
        int first = times.isKnown()
                ? Draws.scale((int) ((bits * GOLDEN) >>> Integer.SIZE), all.length)
                : (int) (cursor.next() % all.length);
        TimedCandidate best = all[first];
        float least = best.load(times, now);
        // Those quarters first that chance has first, as the first of equals is taken.
        int turn = (int) bits;
        for (int i = 0; i < QUARTERS; i++) {
            int begin = first + 1 + ((turn + i) & (QUARTERS - 1)) * quarter;
            int further = begin + (int) (((bits >>> (Long.SIZE - QUARTER_BITS)) * quarter) >>> QUARTER_BITS);
            // Round and round, without a branch, as nothing could guess it.
            int over = further - all.length;
            TimedCandidate one = all[over + (all.length & (over >> (Integer.SIZE - 1)))];
            float load = one.load(times, now);
            if (load < least) {
                best = one;
                least = load;
            }
            bits <<= QUARTER_BITS;
        }
        return best.candidate();
    }
}
