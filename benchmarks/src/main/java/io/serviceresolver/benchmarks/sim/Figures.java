package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.call.Outcome;

/** Takes down how calls ended: those that arrived before the change, and those after it. */
final class Figures {

    private final Span span;
    private final Latencies before = new Latencies();
    private final Latencies after = new Latencies();

    Figures(Span span) {
        this.span = span;
    }

    void record(Outcome outcome, long startNanos, long endNanos) {
        if (startNanos < span.warmUpNanos()) {
            return;
        }
        Latencies half = startNanos < span.halfWayNanos() ? before : after;
        if (outcome == Outcome.SUCCESS) {
            half.add(endNanos - startNanos);
        } else {
            half.addFailed();
        }
    }

    Latencies before() {
        return before;
    }

    Latencies after() {
        return after;
    }
}
