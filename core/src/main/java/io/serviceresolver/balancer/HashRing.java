package io.serviceresolver.balancer;

import java.util.Arrays;

/**
 * A ring on which each candidate has many points, by its weight; a hash belongs to the next point (D. Karger et al.,
 * "Consistent Hashing and Random Trees", STOC 1997). A candidate that comes or goes moves only the hashes that it gets or had.
 */
final class HashRing implements HashTable {

    /** A point has the index of its candidate in its lower bits. */
    private static final int OWNER_BITS = 20;

    private static final long OWNER_MASK = (1L << OWNER_BITS) - 1;

    /** Points are positive. */
    private static final int POINT_BITS = 63;

    private final RingShares shares;

    /** In their order. */
    private final long[] points;

    /** Where the search begins: the first point of each arc, all arcs being of the same length. */
    private final int[] first;

    private final int arcShift;

    private HashRing(RingShares shares, long[] points) {
        this.shares = shares;
        this.points = points;
        int arcBits = 31 - Integer.numberOfLeadingZeros(Math.max(1, points.length));
        this.arcShift = POINT_BITS - arcBits;
        this.first = new int[1 << arcBits];
        int next = 0;
        for (int arc = 0; arc < first.length; arc++) {
            while (next < points.length && points[next] >>> arcShift < arc) {
                next++;
            }
            first[arc] = next;
        }
    }

    /** A ring without points. */
    static HashRing empty() {
        return new HashRing(RingShares.none(), new long[0]);
    }

    /** Takes out the points of those that went, and merges in those of the ones that came: sorts no others. */
    @Override
    public HashRing next(HashMembers members) {
        RingShares now = RingShares.of(members);
        long[] come = points(now, now.missingIn(shares));
        return new HashRing(now, merge(come, shares.missingIn(now), now.points()));
    }

    private long[] merge(long[] come, boolean[] gone, int size) {
        long[] merged = new long[size];
        int next = 0;
        int filled = 0;
        for (long point : points) {
            if (gone[owner(point)]) {
                continue;
            }
            while (next < come.length && come[next] < point) {
                merged[filled++] = come[next++];
            }
            merged[filled++] = point;
        }
        System.arraycopy(come, next, merged, filled, come.length - next);
        return merged;
    }

    private static long[] points(RingShares shares, boolean[] of) {
        long[] points = new long[shares.points(of)];
        int next = 0;
        for (int index = 0; index < of.length; index++) {
            for (int number = 0; of[index] && number < shares.count(index); number++) {
                points[next++] = position(StableHash.variant(shares.identity(index), number)) | index;
            }
        }
        Arrays.sort(points);
        return points;
    }

    private static long position(long hash) {
        return (hash >>> 1) & ~OWNER_MASK;
    }

    @Override
    public int place(long hash) {
        long position = position(hash);
        int place = first[(int) (position >>> arcShift)];
        while (place < points.length && points[place] < position) {
            place++;
        }
        return place == points.length ? 0 : place;
    }

    @Override
    public int owner(int place) {
        return owner(points[place]);
    }

    private static int owner(long point) {
        return (int) (point & OWNER_MASK);
    }

    @Override
    public int size() {
        return points.length;
    }
}
