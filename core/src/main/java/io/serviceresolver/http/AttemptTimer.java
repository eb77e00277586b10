package io.serviceresolver.http;

import io.serviceresolver.call.Attempts;
import java.time.Duration;
import java.util.Optional;

/**
 * Ends an attempt whose time is over. The client has the same time-out until the head of the answer, and goes first there: it
 * alone knows whether it had a connection, without which nothing was sent.
 */
final class AttemptTimer {

    /** How late the client's own timer may be. */
    private static final Duration GRACE = Duration.ofMillis(100);

    private AttemptTimer() {}

    static void begin(Attempts attempts, Optional<Duration> limit, PodCall call) {
        call.limit(Deadline.begin(attempts, limit, timeout -> {
            if (call.hasHead()) {
                call.expire(timeout);
            } else {
                call.limit(Deadline.begin(attempts, Optional.of(GRACE), later -> call.expire(timeout)));
            }
        }));
    }
}
