package io.serviceresolver.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Counts the calls of a Pod. All is guarded by the lock of this object. */
final class PodCalls {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private long begun;
    private long broken;
    private int inFlight;
    private int most;
    private int unanswered;

    synchronized void begin() {
        begun++;
        inFlight++;
        unanswered++;
        most = Math.max(most, inFlight);
        notifyAll();
    }

    synchronized void end() {
        inFlight--;
    }

    synchronized void broken() {
        broken++;
    }

    void finish() {
        List<CompletableFuture<Void>> ready;
        synchronized (this) {
            unanswered--;
            if (unanswered > 0) {
                return;
            }
            ready = List.copyOf(waiting);
            waiting.clear();
        }
        ready.forEach(idle -> idle.complete(null));
    }

    synchronized CompletableFuture<Void> idle() {
        CompletableFuture<Void> idle = new CompletableFuture<>();
        if (unanswered == 0) {
            idle.complete(null);
        } else {
            waiting.add(idle);
        }
        return idle;
    }

    synchronized long begun() {
        return begun;
    }

    synchronized long brokenAnswers() {
        return broken;
    }

    synchronized int inFlight() {
        return inFlight;
    }

    synchronized int most() {
        return most;
    }

    synchronized void awaitBegun(long count) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (begun < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("calls: " + begun + " (expected: " + count + " at least)");
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for calls", e);
            }
        }
    }
}
