package io.serviceresolver.text;

import java.time.Duration;

/** Checks spans of time that somebody set. */
public final class Durations {

    private Durations() {}

    /**
     * A span that has to be there.
     *
     * @param what the name of the value
     * @param value the span
     * @return the span
     * @throws IllegalArgumentException if it is zero or negative
     */
    public static Duration positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw BadInput.of(what, value.toString(), "more than zero");
        }
        return value;
    }

    /**
     * A span that may be nothing.
     *
     * @param what the name of the value
     * @param value the span
     * @return the span
     * @throws IllegalArgumentException if it is negative
     */
    public static Duration notNegative(String what, Duration value) {
        if (value.isNegative()) {
            throw BadInput.of(what, value.toString(), "zero or more");
        }
        return value;
    }
}
