package io.serviceresolver.balancer;

import java.util.List;

/**
 * Whether a candidate may get one call more: if it then has no more than its share of all calls in flight, times a factor,
 * rounded up (V. Mirrokni, M. Thorup, M. Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA 2018).
 *
 * <p>Up to 64 candidates are counted each time. Of more, one block of 16 is counted anew each time, at random, and the
 * others are taken as they were: what is missed is a fraction of a call for each candidate.
 */
final class BoundedLoad {

    private static final int FEW = 64;
    private static final int BLOCK = 16;

    private final Candidate[] all;
    private final Candidate[] byIndex;

    /** By index: the share of all calls, times the factor. */
    private final double[] share;

    /** How many calls are in flight in each block. Written by whoever counts it, without order: any count is a recent one. */
    private final int[] blocks;

    BoundedLoad(List<? extends Candidate> candidates, double factor) {
        this.all = candidates.toArray(new Candidate[0]);
        int most = candidates.stream().mapToInt(Candidate::index).max().orElse(0);
        this.byIndex = new Candidate[most + 1];
        this.share = new double[most + 1];
        double sum = Weights.sum(Weights.of(candidates));
        for (Candidate one : all) {
            byIndex[one.index()] = one;
            share[one.index()] = factor * one.weight() / sum;
        }
        this.blocks = new int[all.length <= FEW ? 0 : (all.length + BLOCK - 1) / BLOCK];
        for (int block = 0; block < blocks.length; block++) {
            blocks[block] = count(block * BLOCK, BLOCK);
        }
    }

    Candidate candidate(int index) {
        return byIndex[index];
    }

    /**
     * About how many calls would be in flight with one more.
     *
     * @param random 32 random bits
     */
    long total(int random) {
        if (blocks.length == 0) {
            return 1L + count(0, all.length);
        }
        int block = Draws.scale(random, blocks.length);
        blocks[block] = count(block * BLOCK, BLOCK);
        long total = 1;
        for (int count : blocks) {
            total += count;
        }
        return total;
    }

    private int count(int from, int most) {
        int count = 0;
        for (int i = from; i < Math.min(from + most, all.length); i++) {
            count += all[i].inFlight();
        }
        return count;
    }

    /** Whether it is free whatever the others do. */
    boolean isAlwaysFree(int index) {
        return share[index] == Double.POSITIVE_INFINITY || byIndex[index].inFlight() == 0;
    }

    boolean isFree(int index, long total) {
        return byIndex[index].inFlight() < Math.ceil(share[index] * total);
    }

    /** Whether one has fewer calls than another, in relation to their shares. */
    boolean isLess(int index, int than) {
        return byIndex[index].inFlight() * share[than] < byIndex[than].inFlight() * share[index];
    }
}
