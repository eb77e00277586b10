package io.serviceresolver.http;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Takes the wish to cancel an asynchronous call to wherever the call is. Guarded by its own lock. */
final class Cancellation {

    private boolean cancelled;
    private @Nullable PodCall call;
    private @Nullable Future<?> exchange;

    /** Cancels what there is, and what comes later as it comes: whether nobody had before. */
    boolean cancel() {
        PodCall begun;
        Future<?> sent;
        boolean first;
        synchronized (this) {
            first = !cancelled;
            cancelled = true;
            begun = call;
            sent = exchange;
        }
        // The lease first: a connection that we close ourselves is not to be taken for one that broke.
        if (begun != null) {
            begun.cancelled();
        }
        if (sent != null) {
            sent.cancel(true);
        }
        return first;
    }

    /** An endpoint was picked: whether the request is still to be sent. */
    synchronized boolean begins(PodCall picked) {
        call = picked;
        return !cancelled;
    }

    /** The request is on its way. */
    void sent(Future<?> response) {
        boolean late;
        synchronized (this) {
            exchange = response;
            late = cancelled;
        }
        if (late) {
            response.cancel(true);
        }
    }
}
