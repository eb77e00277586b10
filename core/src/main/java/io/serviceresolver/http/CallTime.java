package io.serviceresolver.http;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The time for a call, to the end of its body, all requests that it takes included. It runs from when this is made. Thread-safe. */
final class CallTime {

    /** What is left at least: a client takes no zero. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Duration limit;

    /** Of which nothing but its time is used; null where that is not limited. */
    private final @Nullable Attempts clock;

    /** As long as it takes. */
    static final CallTime UNLIMITED = new CallTime(Duration.ZERO, null);

    private CallTime(Duration limit, @Nullable Attempts clock) {
        this.limit = limit;
        this.clock = clock;
    }

    static CallTime begin(ServiceHandle service, Duration limit) {
        return new CallTime(limit, service.attempts(CallOptions.DEFAULT.timeout(limit)));
    }

    boolean isLimited() {
        return clock != null;
    }

    /** How much is left, and be it next to nothing; empty where it is not limited. */
    Optional<Duration> left() {
        return clock == null ? Optional.empty() : left(clock);
    }

    /** How much is left of the time for some attempts, in the same way. */
    static Optional<Duration> left(Attempts attempts) {
        return attempts.remaining().map(left -> left.compareTo(SHORTEST) < 0 ? SHORTEST : left);
    }

    /** Whether so much is left only because a client takes no zero. */
    static boolean isNextToNothing(Duration left) {
        return left.equals(SHORTEST);
    }

    /** Why an exchange broke: for want of time where none is left, though the client may tell first that it was ended for that. */
    IOException reason(IOException failure) {
        boolean isOver = left().filter(CallTime::isNextToNothing).isPresent();
        if (!isOver || failure instanceof HttpTimeoutException) {
            return failure;
        }
        HttpTimeoutException late = Deadline.over(limit);
        late.addSuppressed(failure);
        return late;
    }

    /** Runs out when nothing is left. */
    Deadline deadline(Consumer<HttpTimeoutException> expired) {
        return clock == null
                ? Deadline.NONE
                : Deadline.begin(clock.pause(left(clock).orElse(limit)), limit, expired);
    }
}
