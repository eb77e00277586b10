package io.serviceresolver.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Takes the wish to cancel an asynchronous call to wherever the call is. Guarded by its own lock. */
final class Cancellation {

    private @Nullable Throwable reason;

    /** Those that were begun. A few at most. */
    private final List<PodCall> calls = new ArrayList<>(1);

    /** The waits for another one. */
    private final List<Future<?>> waits = new ArrayList<>(0);

    /** Cancels what there is, and what comes later as it comes: whether nobody had before. */
    boolean cancel(Throwable why) {
        List<PodCall> begun;
        List<Future<?>> follows;
        boolean first;
        synchronized (this) {
            first = reason == null;
            reason = first ? why : reason;
            begun = List.copyOf(calls);
            follows = List.copyOf(waits);
        }
        // The lease first: a connection that we close ourselves is not to be taken for one that broke.
        begun.forEach(call -> call.giveUp(why));
        follows.forEach(wait -> wait.cancel(true));
        return first;
    }

    /** An endpoint was picked: why the request is not to be sent any more, or null. */
    synchronized @Nullable Throwable begins(PodCall picked) {
        calls.add(picked);
        return reason;
    }

    /** The request will be sent after a wait. */
    void follow(Future<?> wait) {
        boolean late;
        synchronized (this) {
            waits.add(wait);
            late = reason != null;
        }
        if (late) {
            wait.cancel(true);
        }
    }
}
