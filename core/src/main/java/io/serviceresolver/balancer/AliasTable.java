package io.serviceresolver.balancer;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Draws by weight with one random number, whatever the number of candidates: the alias method (A. J. Walker, "An Efficient
 * Method for Generating Discrete Random Variables with General Distributions", ACM TOMS 3(3), 1977), made as by M. D. Vose,
 * "A Linear Algorithm for Generating Random Numbers with a Given Distribution", IEEE TSE 17(9), 1991. Immutable.
 */
final class AliasTable {

    private static final double ONE = 0x1p32;

    /** How many of 2^32 draws of a column stay there. */
    private final long[] stay;

    /** Where the others go. */
    private final int[] alias;

    AliasTable(double[] weights) {
        int count = weights.length;
        stay = new long[count];
        alias = new int[count];
        double mean = Weights.sum(weights) / count;
        double[] left = new double[count];
        Deque<Integer> light = new ArrayDeque<>();
        Deque<Integer> heavy = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            left[i] = weights[i] / mean;
            (left[i] < 1 ? light : heavy).add(i);
        }
        while (!light.isEmpty() && !heavy.isEmpty()) {
            int less = light.remove();
            int more = heavy.remove();
            stay[less] = Math.round(left[less] * ONE);
            alias[less] = more;
            left[more] -= 1 - left[less];
            (left[more] < 1 ? light : heavy).add(more);
        }
        light.addAll(heavy);
        light.forEach(full -> stay[full] = (long) ONE);
    }

    /** An index by weight, from 64 random bits. */
    int draw(long bits) {
        int column = Draws.scale((int) (bits >>> 32), stay.length);
        return (bits & 0xFFFF_FFFFL) < stay[column] ? column : alias[column];
    }
}
