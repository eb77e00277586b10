package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import org.jspecify.annotations.Nullable;

/** One call, from the choice of a server to its answer, or to the end of the client's patience. */
final class Call {

    private final Figures figures;
    private final long startNanos;
    private final long workNanos;
    private final double luck;
    private @Nullable Lease lease;

    /**
     * A call that begins.
     *
     * @param figures where it counts
     * @param startNanos when it begins
     * @param workNanos how long a server of normal speed works for it
     * @param luck from 0 to 1: a server that fails some calls fails those below its share
     */
    Call(Figures figures, long startNanos, long workNanos, double luck) {
        this.figures = figures;
        this.startNanos = startNanos;
        this.workNanos = workNanos;
        this.luck = luck;
    }

    long startNanos() {
        return startNanos;
    }

    long workNanos() {
        return workNanos;
    }

    double luck() {
        return luck;
    }

    void begin(Lease taken) {
        lease = taken;
    }

    /** Whether the client has no answer yet, and still wants one. */
    boolean isOpen() {
        return lease != null;
    }

    /** Ends the call, unless it is over. */
    void end(Outcome outcome, long nowNanos) {
        Lease open = lease;
        if (open != null) {
            lease = null;
            open.complete(outcome);
            figures.record(outcome, startNanos, nowNanos);
        }
    }
}
