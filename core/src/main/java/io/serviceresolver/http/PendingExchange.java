package io.serviceresolver.http;

import org.jspecify.annotations.Nullable;

/** A request on its way, to be cancelled on the wire when nobody wants it any more. Guarded by its own lock. */
final class PendingExchange {

    /** Cancels it, once there is something to cancel. */
    private @Nullable Runnable begun;

    private boolean unwanted;

    /** Null where nobody waits. */
    private @Nullable WaitingThread waiting;

    /** The request is on its way, and can be cancelled from now on. */
    void begin(Runnable cancellation) {
        boolean late;
        synchronized (this) {
            begun = cancellation;
            late = unwanted;
        }
        if (late) {
            cancellation.run();
        }
    }

    /** This thread sends the request, and waits for what becomes of it. */
    synchronized WaitingThread waits() {
        WaitingThread thread = new WaitingThread();
        waiting = thread;
        return thread;
    }

    /** The head of the answer is there: who waits may be woken from now on. */
    void headRead() {
        WaitingThread thread;
        synchronized (this) {
            thread = waiting;
        }
        if (thread != null) {
            begin(thread::wake);
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
        Runnable cancellation;
        synchronized (this) {
            unwanted = true;
            cancellation = begun;
        }
        if (cancellation != null) {
            cancellation.run();
        }
    }
}
