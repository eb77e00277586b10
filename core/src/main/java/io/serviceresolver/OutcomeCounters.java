package io.serviceresolver;

import io.serviceresolver.call.Outcome;
import java.util.concurrent.atomic.LongAdder;

/** How many calls ended how. Raised by the threads that call. */
final class OutcomeCounters {

    private final LongAdder[] counts = new LongAdder[Outcome.values().length];

    OutcomeCounters() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void increment(Outcome outcome) {
        counts[outcome.ordinal()].increment();
    }

    long count(Outcome outcome) {
        return counts[outcome.ordinal()].sum();
    }
}
