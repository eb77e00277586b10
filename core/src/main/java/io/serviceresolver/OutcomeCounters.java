package io.serviceresolver;

import io.serviceresolver.call.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many calls ended how. Raised by the threads that call, but for the calls that went well: those are counted by their
 * hosts, until the host leaves.
 */
final class OutcomeCounters {

    private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

    /** Who counts the calls that go well. Written by the event loop before any of these hosts can be chosen. */
    private volatile Counting successes = new Counting(List.of(), 0);

    /**
     * Who counts calls.
     *
     * @param hosts these
     * @param before how many calls were counted by hosts that left
     */
    private record Counting(List<Host> hosts, long before) {

        long sum() {
            return before + hosts.stream().mapToLong(Host::wentWell).sum();
        }
    }

    OutcomeCounters() {
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    /**
     * Has calls that go well counted by some hosts.
     *
     * @param hosts all that did not leave
     * @param before how many were counted by those that did
     */
    void countSuccesses(List<Host> hosts, long before) {
        successes = new Counting(hosts, before);
    }

    void increment(Outcome outcome) {
        of(outcome).increment();
    }

    long count(Outcome outcome) {
        long here = of(outcome).sum();
        return outcome == Outcome.SUCCESS ? here + successes.sum() : here;
    }

    private LongAdder of(Outcome outcome) {
        return Objects.requireNonNull(counts.get(outcome));
    }
}
