package io.serviceresolver.call;

import io.serviceresolver.text.BadInput;
import io.serviceresolver.text.Durations;
import java.time.Duration;

/**
 * When a call that takes long is made a second time, on another endpoint, while the first attempt goes on: whichever
 * is answered well first is the call's, and the other one is cancelled (J. Dean and L. A. Barroso, "The Tail at Scale",
 * 2013; gRPC proposal A6). It takes from the same budget as a retry, and counts as an attempt of
 * {@link RetryPolicy#maxAttempts}. Only for calls that may be repeated. Immutable.
 *
 * @param quantile which share of the recent calls to the service was faster than what a call waits before it is made a
 *     second time: 0.5 to 0.999, or zero where it waits for as long as {@code delay} says and no longer
 * @param delay how long a call waits before it is made a second time, at least
 */
public record Hedging(double quantile, Duration delay) {

    private static final double LOWEST = 0.5;
    private static final double HIGHEST = 0.999;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is out of range
     */
    public Hedging {
        if (quantile != 0 && !(quantile >= LOWEST && quantile <= HIGHEST)) {
            throw BadInput.of("quantile", Double.toString(quantile), LOWEST + " to " + HIGHEST);
        }
        Durations.positive("delay", delay);
    }

    /**
     * Makes a call a second time after a fixed time.
     *
     * @param delay more than zero
     * @return the hedging
     * @throws IllegalArgumentException if it is not more than zero
     */
    public static Hedging after(Duration delay) {
        return new Hedging(0, delay);
    }

    /**
     * Makes a call a second time once it has taken longer than most: of about the last thousand calls to the service that
     * were made so and went well, and not before a hundred of them are known.
     *
     * @param quantile the share of calls that were faster: 0.5 to 0.999, such as 0.95
     * @param least how long to wait at least: more than zero
     * @return the hedging
     * @throws IllegalArgumentException if one of them is out of range
     */
    public static Hedging afterMost(double quantile, Duration least) {
        if (quantile == 0) {
            throw BadInput.of("quantile", "0", LOWEST + " to " + HIGHEST);
        }
        return new Hedging(quantile, least);
    }
}
