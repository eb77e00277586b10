package io.serviceresolver;

import io.serviceresolver.balancer.Picker;
import java.util.concurrent.CompletableFuture;

/**
 * Somebody who waits for a picker.
 *
 * @param future completed on the executor for callbacks
 * @param patience until when it waits
 */
record Waiter(CompletableFuture<Picker> future, Patience patience) {

    /** Until when somebody waits, besides the time-out. */
    enum Patience {
        /** Until the sources have said what they know, be it that there is nothing. */
        UNTIL_ANSWERED,
        /** Until there is an endpoint to pick. */
        UNTIL_READY
    }
}
