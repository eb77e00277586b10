package io.serviceresolver.balancer;

/**
 * Goes round by weight: each candidate has an arc of a circle, as long as its weight says, and each step turns by the golden ratio.
 * It keeps nothing but the position.
 *
 * <p>The steps that hit an arc come at no more than three different distances, the greatest of which is the sum of the other two
 * (the three-distance theorem, V. T. Sós, "On the distribution mod 1 of the sequence n alpha", 1958), and with the golden
 * ratio these are numbers of Fibonacci: no candidate gets a burst, or waits long, and each window of steps has its share to within a
 * few (a Kronecker sequence, whose deviation grows by the logarithm of the number of steps).
 *
 * <p>The arc is found by a guide table (H.-C. Chen, Y. Asau, "On Generating Random Variates from an Empirical Distribution", AIIE
 * Transactions 6(2), 1974): in a time that does not depend on the number of candidates as a rule, and by bisection where many arcs are
 * short.
 */
final class GoldenRotation {

    /** The golden ratio's part behind the point, in units of 2^-64. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** A circle is so long, in bits, that places on it are positive. */
    private static final int CIRCLE_BITS = 63;

    /** Where the arc of each ends. */
    private final long[] end;

    /** Which arc each of as many equal parts of the circle begins in, and at last which one ends the circle. */
    private final int[] guide;

    private final int partShift;
    private final Cursor cursor;

    GoldenRotation(double[] weights, Cursor cursor) {
        this.cursor = cursor;
        this.end = ends(weights);
        int partBits = Integer.SIZE - Integer.numberOfLeadingZeros(weights.length - 1);
        this.partShift = CIRCLE_BITS - partBits;
        this.guide = new int[(1 << partBits) + 1];
        int arc = 0;
        for (int part = 0; part < guide.length - 1; part++) {
            while (end[arc] <= (long) part << partShift) {
                arc++;
            }
            guide[part] = arc;
        }
        guide[guide.length - 1] = weights.length - 1;
    }

    private static long[] ends(double[] weights) {
        double whole = Weights.sum(weights);
        long[] ends = new long[weights.length];
        double sum = 0;
        for (int i = 0; i < ends.length; i++) {
            sum += weights[i];
            ends[i] = (long) (sum / whole * 0x1p63);
        }
        ends[ends.length - 1] = Long.MAX_VALUE;
        return ends;
    }

    /** The index of the next one. */
    int next() {
        return at(cursor.next());
    }

    /** The index of the one at a position: of any number. */
    int at(long position) {
        long place = (position * GOLDEN) >>> 1;
        int part = (int) (place >>> partShift);
        int first = guide[part];
        int last = guide[part + 1];
        while (first < last) {
            int middle = (first + last) >>> 1;
            if (place < end[middle]) {
                last = middle;
            } else {
                first = middle + 1;
            }
        }
        return first;
    }
}
