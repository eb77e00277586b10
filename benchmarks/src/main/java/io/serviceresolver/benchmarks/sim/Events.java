package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.PriorityQueue;

/**
 * What is going to happen, in the order of time and then of being said. The timers of the resolvers run in between, each at
 * its own time, before the events of that time.
 */
final class Events {

    private final PriorityQueue<Event> queue = new PriorityQueue<>(1_024);
    private final VirtualTime timers;
    private long now;
    private long said;

    private record Event(long nanos, long order, Runnable action) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /**
     * Starts before zero, so that resolvers can be opened one after the other.
     *
     * @param startNanos the first moment
     */
    Events(long startNanos) {
        timers = new VirtualTime(startNanos);
        now = startNanos;
    }

    /** The clock and the scheduler of all resolvers. */
    VirtualTime timers() {
        return timers;
    }

    long now() {
        return now;
    }

    void after(long nanos, Runnable action) {
        at(now + nanos, action);
    }

    void at(long nanos, Runnable action) {
        queue.add(new Event(nanos, said++, action));
    }

    /** Lets time pass until there are no more events. */
    void run() {
        for (Event next = queue.poll(); next != null; next = queue.poll()) {
            moveTo(next.nanos());
            next.action().run();
        }
    }

    /** Lets time pass up to a moment at which no event is due. */
    void moveTo(long nanos) {
        timers.advance(Duration.ofNanos(nanos - now));
        now = nanos;
    }
}
