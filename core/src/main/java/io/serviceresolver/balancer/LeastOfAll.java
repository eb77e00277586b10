package io.serviceresolver.balancer;

import java.util.random.RandomGenerator;

/**
 * The best of a few candidates: the next by rotation where none is better, else one at random of those that none is better than.
 * As long as it is known how good the best is, some looks find such a one, and not all have to be looked at.
 */
final class LeastOfAll implements Picker {

    /** So many at most: there is a bit for each. */
    static final int FEW = 32;

    private static final int LOOKS = 3;
    private static final int LOOK_BITS = 16;

    private final TimedCandidate[] all;
    private final Cursor cursor;
    private final ResponseTimes times;
    private final LeastLoad best;
    private final RandomGenerator random;

    LeastOfAll(TimedCandidate[] all, Cursor cursor, ResponseTimes times, LeastLoad best, RandomGenerator random) {
        this.all = all;
        this.cursor = cursor;
        this.times = times;
        this.best = best;
        this.random = random;
    }

    @Override
    public Candidate pick() {
        int turn = (int) (cursor.next() % all.length);
        long bits = random.nextLong();
        int now = times.moment((int) bits);
        float least = best.at(now);
        int place = turn;
        for (int look = 0; look <= LOOKS; look++) {
            TimedCandidate one = all[place];
            if (one.load(times, now) <= least) {
                return one.candidate();
            }
            place = (int) ((bits >>> (Long.SIZE - LOOK_BITS)) * all.length) >>> LOOK_BITS;
            bits <<= LOOK_BITS;
        }
        return all[least(turn, now)].candidate();
    }

    /**
     * Looks at all. Which load is less than another one is nothing that a processor could guess, so there is no branch on
     * it: loads are above zero, and ordered as their bits are.
     */
    private int least(int turn, int now) {
        int least = Integer.MAX_VALUE;
        int places = 0;
        for (int i = 0; i < all.length; i++) {
            int over = Float.floatToRawIntBits(all[i].load(times, now)) - least;
            int isLess = over >> (Integer.SIZE - 1);
            int isNoMore = (over - 1) >> (Integer.SIZE - 1);
            least += over & isLess;
            places = (places & ~isLess) | ((1 << i) & isNoMore);
        }
        best.found(Float.intBitsToFloat(least), now);
        return (places >>> turn & 1) != 0 ? turn : oneOf(places);
    }

    private int oneOf(int places) {
        int left = places;
        for (int skip = Draws.scale(random.nextInt(), Integer.bitCount(places)); skip > 0; skip--) {
            left &= left - 1;
        }
        return Integer.numberOfTrailingZeros(left);
    }
}
