package io.serviceresolver.balancer;

import java.util.stream.IntStream;

/**
 * How many points of a ring each candidate has, and by which identity, by the index of the candidate: 128 for one of weight 1
 * where weights are around 1, so that the shares of equal ones differ by 9% (one standard deviation).
 *
 * <p>What weights are around is taken for a power of four, so that it hardly ever changes, as most keys move when it does: not while
 * half of the candidates start slowly, nor when one of them gets a weight of 2. So there are 64 to 256 points for each on average,
 * and one more at most. Immutable.
 */
final class RingShares {

    private static final int POINTS = 128;

    private final long[] identities;

    /** Zero where no candidate has the index. */
    private final int[] counts;

    private RingShares(int bound) {
        this.identities = new long[bound];
        this.counts = new int[bound];
    }

    static RingShares none() {
        return new RingShares(0);
    }

    static RingShares of(HashMembers members) {
        RingShares made = new RingShares(members.bound());
        double each = POINTS / scale(members.weight());
        for (int i = 0; i < members.size(); i++) {
            int index = members.index()[i];
            made.identities[index] = members.identity()[i];
            made.counts[index] = (int) Math.max(1, Math.round(members.weight()[i] * each));
        }
        return made;
    }

    /** What weights are around: the mean is half of it or more, and less than twice as much. */
    private static double scale(double[] weights) {
        double mean = weights.length == 0 ? 1 : Weights.sum(weights) / weights.length;
        return Math.scalb(1.0, 2 * Math.floorDiv(Math.getExponent(mean) + 1, 2));
    }

    /** Which indexes have no points in another one, or others. */
    boolean[] missingIn(RingShares other) {
        boolean[] missing = new boolean[counts.length];
        for (int index = 0; index < missing.length; index++) {
            missing[index] = other.count(index) != counts[index] || other.identity(index) != identities[index];
        }
        return missing;
    }

    int count(int index) {
        return index < counts.length ? counts[index] : 0;
    }

    long identity(int index) {
        return index < counts.length ? identities[index] : 0;
    }

    /** How many points all have together. */
    int points() {
        return IntStream.of(counts).sum();
    }

    /** How many points some have together. */
    int points(boolean[] of) {
        int sum = 0;
        for (int index = 0; index < of.length; index++) {
            sum += of[index] ? counts[index] : 0;
        }
        return sum;
    }
}
