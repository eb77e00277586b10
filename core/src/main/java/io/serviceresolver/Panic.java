package io.serviceresolver;

/**
 * When so many endpoints are found bad that it is rather the finding that is wrong: then all are used (Envoy's panic mode).
 *
 * @param maxLeftOut the largest share that is left out
 */
record Panic(double maxLeftOut) {

    /** Whether all are to be used, where so many of them are good. */
    boolean isAt(int good, int all) {
        return all > 0 && (good == 0 || good < (1 - maxLeftOut) * all);
    }
}
