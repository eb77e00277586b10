package io.serviceresolver.http;

import org.jspecify.annotations.Nullable;

/**
 * The thread that waits for an answer, to be woken where time is over while a body is read: the JDK's client then ends the
 * exchange. Its interrupt is not left behind, and one of somebody else's is kept, but for one that comes while the thread
 * is about to wake: two interrupts are then one. Thread-safe.
 */
final class WaitingThread {

    /** Null once it waits no more. Guarded by this. */
    private @Nullable Thread waiting = Thread.currentThread();

    /** Guarded by this. */
    private boolean woken;

    synchronized void wake() {
        Thread thread = waiting;
        if (thread != null && !woken) {
            woken = true;
            thread.interrupt();
        }
    }

    /** It was interrupted, which is over: whether that was to wake it. */
    synchronized boolean interrupted() {
        waiting = null;
        return woken;
    }

    /** It waits no more, and takes no interrupt along that was to wake it. */
    synchronized void returned() {
        if (waiting != null && woken) {
            Thread.interrupted();
        }
        waiting = null;
    }
}
