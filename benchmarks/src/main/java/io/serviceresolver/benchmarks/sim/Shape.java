package io.serviceresolver.benchmarks.sim;

import java.util.random.RandomGenerator;

/** How long services take, in relation to their mean. */
enum Shape {
    /** Of sigma 1: the median is 0.6 of the mean, one call in a hundred takes 6.2 times the mean, one in a thousand 13.3 times. */
    LOG_NORMAL(Math.E) {
        @Override
        double draw(RandomGenerator random) {
            return Math.exp(random.nextGaussian() - 0.5);
        }
    },
    /** Without memory. */
    EXPONENTIAL(2) {
        @Override
        double draw(RandomGenerator random) {
            return -Math.log1p(-random.nextDouble());
        }
    },
    /** All the same. */
    CONSTANT(1) {
        @Override
        double draw(RandomGenerator random) {
            random.nextDouble();
            return 1;
        }
    },
    /** Of index 2.2: one call in a thousand takes 12.6 times the mean, and the rest of the tail is far heavier than the others'. */
    PARETO(1.2 * 1.2 / (2.2 * 0.2)) {
        @Override
        double draw(RandomGenerator random) {
            return 1.2 / 2.2 * Math.pow(1 - random.nextDouble(), -1 / 2.2);
        }
    },
    /** Nineteen calls of twenty take half of the mean, one takes 10.5 times the mean. */
    BIMODAL(0.95 * 0.25 + 0.05 * 10.5 * 10.5) {
        @Override
        double draw(RandomGenerator random) {
            return random.nextDouble() < 0.95 ? 0.5 : 10.5;
        }
    };

    private final double secondMoment;

    Shape(double secondMoment) {
        this.secondMoment = secondMoment;
    }

    /** One service: 1 on average. */
    abstract double draw(RandomGenerator random);

    /** The mean of the squares, where the mean is 1. */
    double secondMoment() {
        return secondMoment;
    }
}
