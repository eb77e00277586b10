package io.serviceresolver.http;

import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time through to a subscriber, and nobody after the last signal (Reactive Streams, rules 1.3 and
 * 1.7), where a deadline ends a body while its source goes on. Guarded by its own lock, which nobody's code runs under.
 */
final class BodySignals {

    /** How many calls of the subscriber have begun and not ended: its subscription is one that is still to come. */
    private int busy = 1;

    private boolean subscribed;

    /** Whether the source has come to its end. What it says after that is between it and the subscriber. */
    private boolean finished;

    /** Whether the source is heard no more. */
    private boolean over;

    /** The last signal, while it waits for the subscriber. */
    private @Nullable Runnable last;

    /** The subscriber has its subscription. */
    void subscribed() {
        synchronized (this) {
            if (subscribed) {
                return;
            }
            subscribed = true;
        }
        leave();
    }

    /** A signal of the source: whether it may be given. Then {@link #leave} must follow. */
    synchronized boolean enter() {
        if (over) {
            return false;
        }
        busy++;
        return true;
    }

    /** As {@link #enter}, for a signal that is the last one, unless the subscriber fails at it. */
    synchronized boolean enterLast() {
        finished |= !over;
        return enter();
    }

    void leave() {
        synchronized (this) {
            busy--;
        }
        deliver();
    }

    /** Nothing comes after this signal, which {@link #deliver} gives: whether it is in time. */
    synchronized boolean close(Runnable signal) {
        if (over || finished) {
            return false;
        }
        over = true;
        last = signal;
        return true;
    }

    /** Gives the last signal, or has whoever is with the subscriber give it. */
    void deliver() {
        Runnable signal;
        synchronized (this) {
            if (busy > 0) {
                return;
            }
            signal = last;
            last = null;
        }
        if (signal != null) {
            signal.run();
        }
    }
}
