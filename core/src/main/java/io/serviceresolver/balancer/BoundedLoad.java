package io.serviceresolver.balancer;

import java.util.List;

/**
 * Whether a candidate may get one call more: if it then has no more than its share of all calls in flight, times a factor,
 * rounded up (V. Mirrokni, M. Thorup, M. Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA 2018). Immutable.
 */
final class BoundedLoad {

    private final Candidate[] all;
    private final double[] share;

    BoundedLoad(List<? extends Candidate> candidates, double[] weights, double factor) {
        this.all = candidates.toArray(new Candidate[0]);
        this.share = new double[all.length];
        double sum = Weights.sum(weights);
        for (int i = 0; i < all.length; i++) {
            share[i] = factor * weights[i] / sum;
        }
    }

    /** How many calls would be in flight with one more. It looks at all candidates. */
    long total() {
        long total = 1;
        for (Candidate candidate : all) {
            total += candidate.inFlight();
        }
        return total;
    }

    boolean isFree(int index, long total) {
        return all[index].inFlight() < Math.ceil(share[index] * total);
    }
}
