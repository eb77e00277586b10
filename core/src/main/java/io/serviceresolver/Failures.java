package io.serviceresolver;

import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Outcome;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is made of the failures of users' calls. */
final class Failures {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** What a failure says of the endpoint; nothing, where the user's own reading of it fails. */
    static Outcome outcome(CallOptions options, Throwable failure) {
        try {
            return options.outcomes().apply(failure);
        } catch (RuntimeException e) {
            log.warn("the outcome of a call could not be told", e);
            return Outcome.UNREPORTED;
        }
    }

    /** The failure itself, where a future wrapped it. */
    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }

    /**
     * The failure of a call of which no further attempt can be made.
     *
     * @param attempt why the last attempt failed; null where there was none
     * @param obstacle why there is no further one
     */
    static Throwable last(@Nullable Throwable attempt, Throwable obstacle) {
        if (attempt == null || attempt == obstacle) {
            return obstacle;
        }
        attempt.addSuppressed(obstacle);
        return attempt;
    }
}
