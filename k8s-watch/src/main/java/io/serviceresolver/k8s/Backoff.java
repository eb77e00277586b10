package io.serviceresolver.k8s;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt. Jitter keeps the clients of one server apart. */
final class Backoff {

    private static final Duration BASE = Duration.ofMillis(500);
    private static final Duration CAP = Duration.ofSeconds(30);
    private static final Duration LASTING = Duration.ofMinutes(1);
    private static final Duration RETRY_AFTER_CAP = Duration.ofMinutes(2);
    private static final int MAX_DOUBLINGS = 6;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The wait after a failure: anything up to 0.5 s, 1 s, 2 s and so on to 30 s (full jitter), 30 to 90 s where it will
     * hardly be otherwise soon, and never less than the server asked for, up to 2 minutes.
     *
     * @param failure what happened
     * @param before how many failures there were before it, in a row
     * @return the wait
     */
    Duration after(ApiFailure failure, int before) {
        Duration wait;
        if (failure.lasting()) {
            wait = between(LASTING.dividedBy(2), LASTING.plus(LASTING.dividedBy(2)));
        } else {
            Duration ceiling = BASE.multipliedBy(1L << Math.min(before, MAX_DOUBLINGS));
            wait = between(Duration.ZERO, ceiling.compareTo(CAP) < 0 ? ceiling : CAP);
        }
        Duration asked = failure.retryAfter().compareTo(RETRY_AFTER_CAP) < 0 ? failure.retryAfter() : RETRY_AFTER_CAP;
        return wait.compareTo(asked) < 0 ? asked : wait;
    }

    /** A random time between two. */
    Duration between(Duration least, Duration most) {
        return least.plusNanos(random.nextLong(most.toNanos() - least.toNanos() + 1));
    }
}
