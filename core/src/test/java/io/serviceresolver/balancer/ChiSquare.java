package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntSupplier;

/** Whether draws are uniform, by Pearson's test. */
final class ChiSquare {

    private ChiSquare() {}

    /** Fails where a uniform source would, once in a hundred million times (Wilson and Hilferty's approximation). */
    static void assertUniform(int[] counts) {
        double[] shares = new double[counts.length];
        Arrays.fill(shares, 1);
        assertShares(counts, shares);
    }

    /** As {@link #assertUniform}, for kinds with different shares. */
    static void assertShares(int[] counts, double[] shares) {
        double draws = Arrays.stream(counts).sum();
        double whole = Arrays.stream(shares).sum();
        double statistic = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = draws * shares[i] / whole;
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        double freedom = counts.length - 1;
        double deviations = (Math.cbrt(statistic / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
        assertThat(deviations)
                .as("standard deviations of %s", Arrays.toString(counts))
                .isBetween(-5.7, 5.7);
    }

    static int[] count(int kinds, int draws, IntSupplier draw) {
        int[] counts = new int[kinds];
        for (int i = 0; i < draws; i++) {
            counts[draw.getAsInt()]++;
        }
        return counts;
    }
}
