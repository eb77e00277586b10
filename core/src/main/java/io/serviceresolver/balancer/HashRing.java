package io.serviceresolver.balancer;

import java.util.Arrays;

/**
 * A ring on which each candidate has many points, by its weight; a hash belongs to the next point (D. Karger et al.,
 * "Consistent Hashing and Random Trees", STOC 1997). A candidate that comes or goes moves only the hashes that it gets or had.
 */
final class HashRing implements HashTable {

    /** For a weight of 1: the shares of equal candidates differ by 9% (one standard deviation). */
    static final int POINTS = 128;

    private static final int MOST_POINTS = 128 * POINTS;

    /** A point has the number of its candidate in its lower bits. */
    private static final int OWNER_BITS = 20;

    private static final long OWNER_MASK = (1L << OWNER_BITS) - 1;

    private final long[] points;

    HashRing(long[] identities, double[] weights) {
        int[] counts = new int[identities.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (int) Math.min(Math.max(1, Math.round(weights[i] * POINTS)), MOST_POINTS);
        }
        points = new long[Arrays.stream(counts).sum()];
        int next = 0;
        for (int i = 0; i < counts.length; i++) {
            for (int number = 0; number < counts[i]; number++) {
                points[next++] = position(StableHash.variant(identities[i], number)) | i;
            }
        }
        Arrays.sort(points);
    }

    private static long position(long hash) {
        return (hash >>> 1) & ~OWNER_MASK;
    }

    @Override
    public int place(long hash) {
        int found = Arrays.binarySearch(points, position(hash));
        int place = found < 0 ? -found - 1 : found;
        return place == points.length ? 0 : place;
    }

    @Override
    public int owner(int place) {
        return (int) (points[place] & OWNER_MASK);
    }

    @Override
    public int size() {
        return points.length;
    }
}
