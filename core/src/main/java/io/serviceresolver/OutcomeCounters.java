package io.serviceresolver;

import io.serviceresolver.call.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many calls ended how. Raised by the threads that call, but for the calls that went well: those are counted by their
 * hosts, until the host leaves.
 */
final class OutcomeCounters {

    /** Of each outcome that there was. */
    private final Map<Outcome, LongAdder> counts = new ConcurrentHashMap<>();

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
        LongAdder count = counts.get(outcome);
        // To ask for it in one step may be to wait for another thread that does.
        (count == null ? counts.computeIfAbsent(outcome, first -> new LongAdder()) : count).increment();
    }

    long count(Outcome outcome) {
        LongAdder count = counts.get(outcome);
        long here = count == null ? 0 : count.sum();
        return outcome == Outcome.SUCCESS ? here + successes.sum() : here;
    }
}
