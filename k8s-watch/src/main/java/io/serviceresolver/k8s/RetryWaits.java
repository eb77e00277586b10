package io.serviceresolver.k8s;

import io.serviceresolver.source.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: the usual back-off, more where it will hardly be otherwise soon, and never less
 * than the server asked for. Jitter keeps the clients of one server apart. Not thread-safe.
 */
final class RetryWaits {

    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LASTING = Duration.ofMinutes(1);
    private static final Duration RETRY_AFTER_CAP = Duration.ofMinutes(2);

    private final RandomGenerator random;
    private final Backoff backoff;

    RetryWaits(RandomGenerator random) {
        this.random = random;
        this.backoff = new Backoff(SHORTEST, LONGEST, random);
    }

    /**
     * The wait after a failure: from 0.5 s up to 1 s, 2 s and so on to 30 s, or 30 to 90 s where it will hardly be otherwise
     * soon, and never less than the server asked for, up to 2 minutes.
     */
    Duration after(ApiFailure failure) {
        Duration next = backoff.next();
        Duration wait = failure.lasting() ? between(LASTING.dividedBy(2), LASTING.plus(LASTING.dividedBy(2))) : next;
        Duration asked = failure.retryAfter().compareTo(RETRY_AFTER_CAP) < 0 ? failure.retryAfter() : RETRY_AFTER_CAP;
        return wait.compareTo(asked) < 0 ? asked : wait;
    }

    /** The wait before another try of what may be otherwise at once, whatever the failure was. */
    Duration soon() {
        return backoff.next();
    }

    /** Starts anew, after a success. */
    void reset() {
        backoff.reset();
    }

    /** A random time between two. */
    Duration between(Duration least, Duration most) {
        return least.plusNanos(random.nextLong(most.toNanos() - least.toNanos() + 1));
    }
}
