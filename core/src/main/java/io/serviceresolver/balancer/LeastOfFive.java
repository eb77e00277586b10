package io.serviceresolver.balancer;

import java.util.random.RandomGenerator;

/**
 * Looks at five different candidates at random, of which the first wins ties. As long as nothing is known of any, the first is
 * the next by rotation. The others lie in a quarter each of the round that begins after it: so they are different without
 * a comparison, and each candidate is looked at as often as any other, as the first is drawn from all.
 */
final class LeastOfFive implements Picker {

    private static final int QUARTERS = 4;
    private static final int PART_BITS = 16;
    private static final long PART_MASK = (1L << PART_BITS) - 1;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Candidate[] candidates;
    private final TimedCandidate[] all;
    private final int quarter;
    private final Cursor cursor;
    private final ResponseTimes times;
    private final RandomGenerator random;

    /**
     * Of many.
     *
     * @param candidates five or more
     * @param all what is known of each of them, in the same order
     */
    LeastOfFive(
            Candidate[] candidates, TimedCandidate[] all, Cursor cursor, ResponseTimes times, RandomGenerator random) {
        this.candidates = candidates;
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
        // Those quarters first that chance has first, as the first of equals is taken.
        int turn = (int) bits;
        int second = place(first, turn, bits >>> (3 * PART_BITS));
        int third = place(first, turn + 1, bits >>> (2 * PART_BITS));
        int fourth = place(first, turn + 2, bits >>> PART_BITS);
        int fifth = place(first, turn + 3, bits);
        long best = look(first, now);
        best = lighter(best, look(second, now));
        best = lighter(best, look(third, now));
        best = lighter(best, look(fourth, now));
        best = lighter(best, look(fifth, now));
        return candidates[(int) best];
    }

    /**
     * One of the quarters.
     *
     * @param number which one, by its lowest bits
     * @param part random bits, the lowest
     */
    private int place(int first, int number, long part) {
        int begin = first + 1 + (number & (QUARTERS - 1)) * quarter;
        int further = begin + (int) (((part & PART_MASK) * quarter) >>> PART_BITS);
        // Round and round, without a branch, as nothing could guess it.
        int over = further - all.length;
        return over + (all.length & (over >> (Integer.SIZE - 1)));
    }

    /**
     * The load of a candidate, and below it its place: loads are above zero, and ordered as their bits are. The count is not
     * looked up by way of the estimate: of many candidates neither is in the cache, and that would be to wait twice.
     */
    private long look(int place, int now) {
        float load = all[place].load(times, now, candidates[place].inFlight());
        return (long) Float.floatToRawIntBits(load) << Integer.SIZE | place;
    }

    private static long lighter(long first, long other) {
        return other >> Integer.SIZE < first >> Integer.SIZE ? other : first;
    }
}
