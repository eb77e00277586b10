package io.serviceresolver.balancer;

import java.util.stream.IntStream;

/** How many points of a ring each candidate has, and by which identity, by the index of the candidate. Immutable. */
final class RingShares {

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
        for (int i = 0; i < members.size(); i++) {
            int index = members.index()[i];
            made.identities[index] = members.identity()[i];
            made.counts[index] = HashRing.count(members.weight()[i]);
        }
        return made;
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
