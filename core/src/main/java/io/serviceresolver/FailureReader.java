package io.serviceresolver;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Target;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has users' own code tell what the failures of calls to one service say of its endpoints. Thread-safe. */
final class FailureReader {

    private static final Logger log = LoggerFactory.getLogger(FailureReader.class);

    private final Target target;

    /** Whether it was said that this cannot be told: once, as it may be so for each call. Written by the threads that call. */
    private final AtomicBoolean said = new AtomicBoolean();

    FailureReader(Target target) {
        this.target = target;
    }

    /** What a failure says of the endpoint; nothing, where the user's own reading of it fails. */
    Outcome read(CallOptions options, Throwable failure) {
        try {
            @Nullable Outcome outcome = options.outcomes().apply(failure);
            if (outcome != null) {
                return outcome;
            }
            say(failure, null);
        } catch (RuntimeException | Error e) {
            say(failure, e);
        }
        return Outcome.UNREPORTED;
    }

    private void say(Throwable failure, @Nullable Throwable reason) {
        if (said.compareAndSet(false, true)) {
            log.warn(
                    "{}: CallOptions.outcomes {} for {}, which counts for nothing; this is said once",
                    target,
                    reason == null ? "gave null" : "failed",
                    failure.getClass().getName(),
                    reason);
        }
    }
}
