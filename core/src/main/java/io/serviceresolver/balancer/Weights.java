package io.serviceresolver.balancer;

import java.util.List;

/** The weights of candidates, as they are when they are asked for. */
final class Weights {

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

    static double max(double[] weights) {
        double max = weights[0];
        for (double weight : weights) {
            max = Math.max(max, weight);
        }
        return max;
    }

    static double sum(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }
}
