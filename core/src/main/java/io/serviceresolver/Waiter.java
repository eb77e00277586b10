package io.serviceresolver;

import io.serviceresolver.balancer.Picker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Somebody who waits for a picker.
 *
 * @param future completed when the wait is over
 * @param executor completes it: the event loop itself only where nobody but a thread that is blocked hears of it
 * @param patience until when it waits
 */
record Waiter(CompletableFuture<Picker> future, Executor executor, Patience patience) {

    /** Until when somebody waits, besides the time-out. */
    enum Patience {
        /** Until the sources have said what they know, be it that there is nothing. */
        UNTIL_ANSWERED,
        /** Until there is an endpoint to pick. */
        UNTIL_READY
    }
}
