package io.serviceresolver;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What is made of the failures of users' calls. */
final class Failures {

    private Failures() {}

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
