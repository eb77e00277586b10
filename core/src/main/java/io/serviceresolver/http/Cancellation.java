package io.serviceresolver.http;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Takes the wish to cancel an asynchronous call to wherever the call is. Guarded by its own lock. */
final class Cancellation {

    private @Nullable Throwable reason;
    private @Nullable PodCall call;
    private @Nullable Future<?> exchange;

    /** Cancels what there is, and what comes later as it comes: whether nobody had before. */
    boolean cancel(Throwable why) {
        PodCall begun;
        Future<?> sent;
        boolean first;
        synchronized (this) {
            first = reason == null;
            reason = first ? why : reason;
            begun = call;
            sent = exchange;
        }
        // The lease first: a connection that we close ourselves is not to be taken for one that broke.
        if (begun != null) {
            begun.givenUp(why);
        }
        if (sent != null) {
            sent.cancel(true);
        }
        return first;
    }

    /** An endpoint was picked: why the request is not to be sent any more, or null. */
    synchronized @Nullable Throwable begins(PodCall picked) {
        call = picked;
        return reason;
    }

    /** The request is on its way. */
    void sent(Future<?> response) {
        boolean late;
        synchronized (this) {
            exchange = response;
            late = reason != null;
        }
        if (late) {
            response.cancel(true);
        }
    }
}
