package io.serviceresolver.http;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.CallOptions.Repeatable;
import io.serviceresolver.call.Hedging;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How long calls may take, and when they are made again or hedged.
 *
 * @param call how long a call may take to the end of its body, or null
 * @param attempt how long an attempt may take to the end of its body, or null
 * @param timeouts what a request's own time-out holds for
 * @param hedging when calls are hedged, or null
 * @param idempotent which requests may be sent again after they may have had an effect
 */
record CallLimits(
        @Nullable Duration call,
        @Nullable Duration attempt,
        Timeouts timeouts,
        @Nullable Hedging hedging,
        Predicate<HttpRequest> idempotent) {

    static final CallLimits NONE = new CallLimits(null, null, Timeouts.HEADS, null, new IdempotentRequests());

    /** Nobody waits for longer, and what does not fit a number of nanoseconds does not get here. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Until what a request's own time-out runs. */
    enum Timeouts {
        /** The head of the answer, as in Java 25 and older. */
        HEADS,
        /** The end of the body, as in Java 26 and newer. */
        BODIES
    }

    CallLimits withCall(Duration limit) {
        return new CallLimits(limit, attempt, timeouts, hedging, idempotent);
    }

    CallLimits withAttempt(Duration limit) {
        return new CallLimits(call, limit, timeouts, hedging, idempotent);
    }

    CallLimits withTimeouts(Timeouts kind) {
        return new CallLimits(call, attempt, kind, hedging, idempotent);
    }

    CallLimits withHedging(Hedging when) {
        return new CallLimits(call, attempt, timeouts, when, idempotent);
    }

    CallLimits withIdempotent(Predicate<HttpRequest> which) {
        return new CallLimits(call, attempt, timeouts, hedging, which);
    }

    /** How long a call may take to the end of its body: empty where that is not limited. */
    Optional<Duration> untilEnd(HttpRequest request) {
        Optional<Duration> own = timeouts == Timeouts.BODIES ? request.timeout() : Optional.empty();
        return shortest(Optional.ofNullable(call), own);
    }

    /** How long the opening of a WebSocket may take: empty where that is not limited. */
    Optional<Duration> untilOpen() {
        return shortest(Optional.ofNullable(call), Optional.empty());
    }

    static Optional<Duration> shortest(Optional<Duration> one, Optional<Duration> other) {
        if (one.isEmpty() && other.isEmpty()) {
            return one;
        }
        Duration limit = one.orElse(LONGEST);
        Duration least = other.filter(shorter -> shorter.compareTo(limit) < 0).orElse(limit);
        return Optional.of(least.compareTo(LONGEST) < 0 ? least : LONGEST);
    }

    /**
     * How a call is made by these.
     *
     * @param untilHead how long it may take to the head of its answer: empty where that is not limited
     */
    CallOptions options(Optional<Duration> untilHead, Repeatable repeatable) {
        CallOptions options =
                repeatable == Repeatable.IDEMPOTENT ? CallOptions.DEFAULT.idempotent() : CallOptions.DEFAULT;
        CallOptions limited = untilHead.map(options::timeout).orElse(options);
        return hedging == null ? limited : limited.hedged(hedging);
    }
}
