package io.serviceresolver.balancer;

import java.util.random.RandomGenerator;

/** Looks at all of a few candidates. Ties are broken uniformly at random; where all tie, in turn. */
final class LeastOfAll implements Picker {

    /** Of a linear congruential generator modulo 2^64 (D. E. Knuth, TAOCP 2, 3.3.4): the upper bits are good. */
    private static final long MULTIPLIER = 6_364_136_223_846_793_005L;

    private final TimedCandidate[] all;
    private final Cursor cursor;
    private final ResponseTimes times;
    private final RandomGenerator random;

    LeastOfAll(TimedCandidate[] all, Cursor cursor, ResponseTimes times, RandomGenerator random) {
        this.all = all;
        this.cursor = cursor;
        this.times = times;
        this.random = random;
    }

    @Override
    public Candidate pick() {
        TimedCandidate first = all[(int) (cursor.next() % all.length)];
        return (!times.isKnown() && first.isIdle() ? first : least(first)).candidate();
    }

    private TimedCandidate least(TimedCandidate first) {
        long bits = random.nextLong();
        double mean = times.mean();
        int now = times.now((int) bits);
        double least = Double.POSITIVE_INFINITY;
        TimedCandidate best = first;
        int ties = 0;
        for (TimedCandidate one : all) {
            double load = one.load(mean, 1, now);
            if (load < least) {
                least = load;
                best = one;
                ties = 1;
            } else if (load == least) {
                bits = bits * MULTIPLIER + 1;
                ties++;
                best = Draws.scale((int) (bits >>> 32), ties) == 0 ? one : best;
            }
        }
        return ties == all.length ? first : best;
    }
}
