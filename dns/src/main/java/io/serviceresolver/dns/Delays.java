package io.serviceresolver.dns;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** How long to wait until the next refresh, in nanoseconds. */
final class Delays {

    private static final long FIRST_BACK_OFF = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_DOUBLINGS = 5;
    private static final long MAX_BACK_OFF = TimeUnit.SECONDS.toNanos(30);
    private static final double BACK_OFF_JITTER = 0.2;

    private final DnsSettings settings;
    private final RandomGenerator random;

    Delays(DnsSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** After an answer that holds for so many seconds: that time within its bounds, jittered. */
    long afterAnswer(long ttlSeconds) {
        return vary(clamp(ttlSeconds), settings.jitter());
    }

    /**
     * After a doubtful answer, while a set is held for the time that is left, which is above zero: three times in all,
     * or as the TTL says, the last time when the time is over.
     */
    long whileHeld(long ttlSeconds, long leftNanos) {
        long third = settings.negativeHold().toNanos() / 3;
        long next = vary(Math.min(third, clamp(ttlSeconds)), settings.jitter());
        return leftNanos < next + next / 2 ? leftNanos : next;
    }

    /** After so many failures in a row, one or more: 1 s to 30 s, doubled each time, jittered by a fifth. */
    long afterFailures(int failures) {
        long backOff = FIRST_BACK_OFF << Math.min(failures - 1, MAX_DOUBLINGS);
        return vary(Math.min(backOff, MAX_BACK_OFF), BACK_OFF_JITTER);
    }

    private long clamp(long ttlSeconds) {
        Duration ttl = Duration.ofSeconds(ttlSeconds);
        Duration longest = settings.maxTtl().compareTo(ttl) < 0 ? settings.maxTtl() : ttl;
        return (settings.minTtl().compareTo(longest) > 0 ? settings.minTtl() : longest).toNanos();
    }

    private long vary(long nanos, double fraction) {
        return (long) (nanos * (1 + fraction * (2 * random.nextDouble() - 1)));
    }
}
