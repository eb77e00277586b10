package io.serviceresolver.balancer;

/**
 * Random numbers below a bound by one multiplication (D. Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS
 * 29(1), 2019), without drawing anew where the bound does not divide 2^32: no number is favoured by more than the bound in 2^32.
 */
final class Draws {

    private Draws() {}

    /**
     * A number from zero to below a bound.
     *
     * @param bits 32 random bits
     * @param bound more than zero
     */
    static int scale(int bits, int bound) {
        return (int) ((Integer.toUnsignedLong(bits) * bound) >>> 32);
    }

    /**
     * As {@link #scale}, any number but one.
     *
     * @param than the one that it is not
     */
    static int other(int than, int bits, int bound) {
        int drawn = scale(bits, bound - 1);
        return drawn < than ? drawn : drawn + 1;
    }
}
