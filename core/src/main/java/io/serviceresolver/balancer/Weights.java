package io.serviceresolver.balancer;

import java.util.List;

/** The weights of candidates, as they are when they are asked for. */
final class Weights {

    /** So that the least weights do not break arithmetic. */
    private static final double MOST_OF_A_CALL = 1e9;

    private Weights() {}

    /** The weights where they may differ; none where they do not. */
    static double[] of(List<? extends Candidate> candidates, BalancerContext context) {
        return context.weighted() ? of(candidates) : new double[0];
    }

    static double[] of(List<? extends Candidate> candidates) {
        double[] weights = new double[candidates.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = candidates.get(i).weight();
        }
        return weights;
    }

    /** Whether they do not differ: nor do none. */
    static boolean areEqual(double[] weights) {
        for (double weight : weights) {
            if (weight != weights[0]) {
                return false;
            }
        }
        return true;
    }

    /** How much of a call each has to bear for one in flight: 1 / weight, the mean of all weights being 1. */
    static double[] shares(double[] weights) {
        double mean = sum(weights) / weights.length;
        double[] shares = new double[weights.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.min(mean / weights[i], MOST_OF_A_CALL);
        }
        return shares;
    }

    static double sum(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }
}
