package io.serviceresolver.http;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A request on its way, to be cancelled on the wire when nobody wants it any more. Guarded by its own lock. */
final class PendingExchange {

    private @Nullable Future<?> begun;
    private boolean unwanted;

    /** The request is on its way. */
    void begin(Future<?> exchange) {
        boolean late;
        synchronized (this) {
            begun = exchange;
            late = unwanted;
        }
        if (late) {
            exchange.cancel(true);
        }
    }

    synchronized boolean hasBegun() {
        return begun != null;
    }

    /** Whether the request is not to be sent any more. */
    synchronized boolean isUnwanted() {
        return unwanted;
    }

    /** Cancels it, now or as soon as it begins. */
    void cancel() {
        Future<?> exchange;
        synchronized (this) {
            unwanted = true;
            exchange = begun;
        }
        if (exchange != null) {
            exchange.cancel(true);
        }
    }
}
