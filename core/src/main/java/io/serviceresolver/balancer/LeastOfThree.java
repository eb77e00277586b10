package io.serviceresolver.balancer;

import java.util.random.RandomGenerator;

/**
 * Looks at three different candidates at random, of which the first wins ties. As long as nothing is known of any, the first is the
 * next by rotation.
 */
final class LeastOfThree implements Picker {

    private final TimedCandidate[] all;
    private final Cursor cursor;
    private final ResponseTimes times;
    private final RandomGenerator random;

    /**
     * Of many.
     *
     * @param all three or more
     */
    LeastOfThree(TimedCandidate[] all, Cursor cursor, ResponseTimes times, RandomGenerator random) {
        this.all = all;
        this.cursor = cursor;
        this.times = times;
        this.random = random;
    }

    @Override
    public Candidate pick() {
        long bits = random.nextLong();
        int first = times.isKnown() ? Draws.scale(random.nextInt(), all.length) : (int) (cursor.next() % all.length);
        return least(first, bits).candidate();
    }

    private TimedCandidate least(int first, long bits) {
        int now = times.moment((int) bits);
        int one = Draws.scale((int) (bits >>> 32), all.length - 1);
        int drawn = Draws.scale((int) bits, all.length - 2);
        int other = drawn < one ? drawn : drawn + 1;
        TimedCandidate best = all[first];
        float least = best.load(times, now);
        TimedCandidate second = after(first, one);
        float load = second.load(times, now);
        if (load < least) {
            best = second;
            least = load;
        }
        TimedCandidate third = after(first, other);
        return third.load(times, now) < least ? third : best;
    }

    /** So many and one more places further on, round and round. */
    private TimedCandidate after(int place, int steps) {
        int further = place + 1 + steps;
        return all[further < all.length ? further : further - all.length];
    }
}
