package io.serviceresolver.balancer;

import java.util.random.RandomGenerator;

/**
 * Looks at three candidates, each as often as its weight says: the next by rotation, which wins ties, and two at random. Load
 * is (expected response time) x (calls in flight / weight + 1), the mean of weights being 1. So idle candidates are chosen
 * by their weights, and busy ones have calls in flight by their weights; to divide (calls in flight + 1) by the weight
 * would send all calls to the heaviest as long as it is idle.
 */
final class LeastOfThreeByWeight implements Picker {

    private final TimedCandidate[] all;

    /** How much of a call each has to bear for one in flight. */
    private final double[] shares;

    private final GoldenRotation rotation;
    private final AliasTable table;
    private final ResponseTimes times;
    private final RandomGenerator random;

    LeastOfThreeByWeight(
            TimedCandidate[] all, double[] weights, Cursor cursor, ResponseTimes times, RandomGenerator random) {
        this.all = all;
        this.shares = Weights.shares(weights);
        this.rotation = new GoldenRotation(weights, cursor);
        this.table = new AliasTable(weights);
        this.times = times;
        this.random = random;
    }

    @Override
    public Candidate pick() {
        int first = rotation.next();
        return all[!times.isKnown() && all[first].isIdle() ? first : least(first)].candidate();
    }

    private int least(int first) {
        long bits = random.nextLong();
        int now = times.moment((int) bits);
        int one = table.draw(bits);
        int other = table.draw(random.nextLong());
        int best = first;
        double least = load(first, now);
        double load = load(one, now);
        if (load < least) {
            best = one;
            least = load;
        }
        return load(other, now) < least ? other : best;
    }

    private double load(int index, int now) {
        return all[index].load(times, now, shares[index]);
    }
}
