package io.serviceresolver.routing;

import io.serviceresolver.text.BadInput;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How an endpoint that is new gets its full share of the calls little by little, as a JVM needs it that has compiled nothing
 * yet (Envoy's slow start). Immutable; off by default.
 *
 * <p>An endpoint starts slowly when it is first seen ready, or becomes ready again, while others were serving already. Its
 * weight is then {@code max(minShare, (age / window) ^ (1 / aggression))} of its full weight, in {@value #STEPS} steps. The
 * end of an ejection is no such start: there one call at a time decides.
 *
 * <p>Nobody starts slowly where there is nobody else to take the load: when all endpoints are new, and as soon as more than
 * half of the ready ones are starting slowly, all of those get their full weight at once and keep it.
 *
 * <p>Each step has the balancers of the service updated, which costs most for those that hash.
 *
 * @param window how long it takes: zero disables it
 * @param aggression how the weight grows: 1 for evenly, more for faster at the beginning, less for slower; above 0
 * @param minShare the share of the full weight to begin with: above 0, 1 at most
 */
public record SlowStart(Duration window, double aggression, double minShare) {

    /** In how many steps the weight grows. */
    public static final int STEPS = 10;

    private static final SlowStart OFF = new SlowStart(Duration.ZERO, 1, 0.1);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is out of range
     */
    public SlowStart {
        if (window.isNegative() || (!window.isZero() && TimeUnit.MILLISECONDS.convert(window) < STEPS)) {
            throw BadInput.of("window", window.toString(), STEPS + " ms or more, or zero for none");
        }
        if (!(aggression > 0) || Double.isInfinite(aggression)) {
            throw BadInput.of("aggression", Double.toString(aggression), "above 0, and finite");
        }
        if (!(minShare > 0 && minShare <= 1)) {
            throw BadInput.of("minShare", Double.toString(minShare), "above 0, 1 at most");
        }
    }

    /** Each endpoint gets its full share at once. */
    public static SlowStart off() {
        return OFF;
    }

    /**
     * An even growth from a tenth to the full share.
     *
     * @param window how long it takes
     * @return the policy
     * @throws IllegalArgumentException if it is negative or shorter than 10 ms
     */
    public static SlowStart over(Duration window) {
        return new SlowStart(window, 1, 0.1);
    }

    /**
     * This policy with another growth.
     *
     * @param value 1 for evenly, more for faster at the beginning, less for slower; above 0
     * @return the new policy
     * @throws IllegalArgumentException if it is out of range
     */
    public SlowStart withAggression(double value) {
        return new SlowStart(window, value, minShare);
    }

    /**
     * This policy with another beginning.
     *
     * @param share the share of the full weight to begin with: above 0, 1 at most
     * @return the new policy
     * @throws IllegalArgumentException if it is out of range
     */
    public SlowStart withMinShare(double share) {
        return new SlowStart(window, aggression, share);
    }

    /** Whether any endpoint ever starts slowly. */
    public boolean isEnabled() {
        return !window.isZero();
    }

    /**
     * The share of its full weight that an endpoint has.
     *
     * @param ageNanos how long ago it began, in nanoseconds
     * @return {@link #minShare} to 1, the same within each step
     */
    public double share(long ageNanos) {
        long step = Math.max(1, TimeUnit.NANOSECONDS.convert(window) / STEPS);
        long done = Math.min(STEPS, ageNanos / step);
        return Math.max(minShare, Math.pow((double) done / STEPS, 1 / aggression));
    }
}
