package io.serviceresolver;

import io.serviceresolver.call.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How many calls ended how. Raised by the threads that call, but for the calls that went well: those are counted by their
 * hosts, until the host leaves.
 */
final class OutcomeCounters {

    /** By the number of the outcome; null until a call ended so. */
    private final AtomicReferenceArray<@Nullable LongAdder> counts =
            new AtomicReferenceArray<>(Outcome.values().length);

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
        LongAdder count = counts.get(outcome.ordinal());
        if (count == null) {
            counts.compareAndSet(outcome.ordinal(), null, new LongAdder());
            count = Objects.requireNonNull(counts.get(outcome.ordinal()));
        }
        count.increment();
    }

    long count(Outcome outcome) {
        LongAdder count = counts.get(outcome.ordinal());
        long here = count == null ? 0 : count.sum();
        return outcome == Outcome.SUCCESS ? here + successes.sum() : here;
    }
}
