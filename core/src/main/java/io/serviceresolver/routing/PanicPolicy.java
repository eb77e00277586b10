package io.serviceresolver.routing;

import io.serviceresolver.text.BadInput;
import java.util.OptionalDouble;

/**
 * What happens when so many endpoints are to be left alone that the others could not take their calls (Envoy's panic mode).
 * Immutable.
 *
 * @param threshold panic begins where less than this share of the endpoints is healthy, or none is: 0 to 1; empty for half of
 *     them, or less where {@code OutlierPolicy.maxEjected} leaves less
 * @param mode what calls do then
 */
public record PanicPolicy(OptionalDouble threshold, Mode mode) {

    private static final double HALF = 0.5;

    /** What calls do in a panic. */
    public enum Mode {
        /** They go to all endpoints, as if all were healthy: what looks like their fault is probably ours, or the network's. */
        USE_ALL,
        /** They fail at once with a {@code NoEndpointsException}, so that those that are healthy are not overrun. */
        FAIL
    }

    private static final PanicPolicy STANDARD = new PanicPolicy(OptionalDouble.empty(), Mode.USE_ALL);

    /**
     * Checks the threshold.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public PanicPolicy {
        double share = threshold.orElse(0);
        if (!(share >= 0 && share <= 1)) {
            throw BadInput.of("threshold", Double.toString(share), "0 to 1");
        }
    }

    /** All endpoints are used where less than half of them are healthy. */
    public static PanicPolicy standard() {
        return STANDARD;
    }

    /**
     * All endpoints are used where too few are healthy.
     *
     * @param threshold the share that is enough: 0 to 1; 0 for no panic before none is healthy
     * @return the policy
     * @throws IllegalArgumentException if it is out of range
     */
    public static PanicPolicy useAllBelow(double threshold) {
        return new PanicPolicy(OptionalDouble.of(threshold), Mode.USE_ALL);
    }

    /**
     * Calls fail at once where too few endpoints are healthy.
     *
     * @param threshold the share that is enough: 0 to 1; 0 to fail only where none is healthy
     * @return the policy
     * @throws IllegalArgumentException if it is out of range
     */
    public static PanicPolicy failBelow(double threshold) {
        return new PanicPolicy(OptionalDouble.of(threshold), Mode.FAIL);
    }

    /**
     * The threshold that counts.
     *
     * @param maxEjected the largest share of endpoints that may be left alone
     * @return the share below which panic begins
     */
    public double thresholdFor(double maxEjected) {
        return threshold.orElse(Math.min(HALF, 1 - maxEjected));
    }
}
