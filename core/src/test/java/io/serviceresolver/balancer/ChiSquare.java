package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntSupplier;

/** Whether draws are uniform, by Pearson's test. */
final class ChiSquare {

    private ChiSquare() {}

    /** Fails where a uniform source would, once in a hundred million times (Wilson and Hilferty's approximation). */
    static void assertUniform(int[] counts) {
        double expected = Arrays.stream(counts).average().orElseThrow();
        double statistic = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
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
