package io.serviceresolver.source;

import io.serviceresolver.text.Durations;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How long to wait before each attempt after a failure: exponential, with full jitter, so that many clients that failed
 * at one moment do not come back at one moment (Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog,
 * 2015). Unlike there, no wait is shorter than the minimum. Not thread-safe: for one scheduler thread.
 */
public final class Backoff {

    private static final Duration LONGEST = Duration.ofDays(365);

    private final long minNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private long ceilingNanos;

    /**
     * Starts a sequence.
     *
     * @param min the shortest wait, more than zero
     * @param max the longest wait, {@code min} or more, 365 days at most
     * @param random where the jitter comes from
     * @throws IllegalArgumentException if the durations are not in these bounds
     */
    public Backoff(Duration min, Duration max, RandomGenerator random) {
        Durations.positive("min", min);
        if (max.compareTo(min) < 0 || max.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("max: " + max + " (expected: " + min + " to " + LONGEST + ")");
        }
        this.minNanos = TimeUnit.NANOSECONDS.convert(min);
        this.maxNanos = TimeUnit.NANOSECONDS.convert(max);
        this.random = random;
        this.ceilingNanos = minNanos;
    }

    /**
     * The next wait: a random time from the minimum up to a ceiling, which is twice the minimum at the first call and
     * doubles with each one until it has reached the maximum.
     *
     * @return at least the minimum, at most the maximum
     */
    public Duration next() {
        ceilingNanos = Math.min(maxNanos, 2 * ceilingNanos);
        return Duration.ofNanos(minNanos + random.nextLong(ceilingNanos - minNanos + 1));
    }

    /** Starts anew, after a success. */
    public void reset() {
        ceilingNanos = minNanos;
    }
}
