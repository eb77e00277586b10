package io.serviceresolver.http;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Takes the wish to cancel an asynchronous call to wherever the call is. Guarded by its own lock. */
final class Cancellation {

    private @Nullable Throwable reason;
    private @Nullable PodCall call;

    /** The exchange, or the wait for the next one. */
    private @Nullable Future<?> current;

    /** Cancels what there is, and what comes later as it comes: whether nobody had before. */
    boolean cancel(Throwable why) {
        PodCall begun;
        Future<?> follows;
        boolean first;
        synchronized (this) {
            first = reason == null;
            reason = first ? why : reason;
            begun = call;
            follows = current;
        }
        // The lease first: a connection that we close ourselves is not to be taken for one that broke.
        if (begun != null) {
            begun.givenUp(why);
        }
        if (follows != null) {
            follows.cancel(true);
        }
        return first;
    }

    /** An endpoint was picked: why the request is not to be sent any more, or null. */
    synchronized @Nullable Throwable begins(PodCall picked) {
        call = picked;
        return reason;
    }

    /** The request is on its way, or will be after a wait. */
    void follow(Future<?> now) {
        boolean late;
        synchronized (this) {
            current = now;
            late = reason != null;
        }
        if (late) {
            now.cancel(true);
        }
    }
}
