package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.call.Outcome;
import java.util.ArrayDeque;
import java.util.Queue;

/** Ends calls that have had no answer for too long. All calls have the same time, so the first to begin is the first to end. */
final class Patience {

    private final Events events;
    private final long limitNanos;
    private final Queue<Call> calls = new ArrayDeque<>();
    private boolean watching;

    /**
     * With a limit for all calls.
     *
     * @param events what happens
     * @param limitNanos how long calls wait; zero: as long as it takes
     */
    Patience(Events events, long limitNanos) {
        this.events = events;
        this.limitNanos = limitNanos;
    }

    void watch(Call call) {
        if (limitNanos == 0) {
            return;
        }
        calls.add(call);
        if (!watching) {
            watchNext();
        }
    }

    private void expire() {
        long now = events.now();
        while (!calls.isEmpty() && (!calls.element().isOpen() || isOver(calls.element(), now))) {
            calls.remove().end(Outcome.TIMEOUT, now);
        }
        watchNext();
    }

    private boolean isOver(Call call, long now) {
        return call.startNanos() + limitNanos <= now;
    }

    private void watchNext() {
        watching = !calls.isEmpty();
        if (watching) {
            events.at(calls.element().startNanos() + limitNanos, this::expire);
        }
    }
}
