package io.serviceresolver.k8s;

import io.serviceresolver.text.Printable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Says what is wrong with an object that the API sent, once a minute at most: the rest is counted, and logged at DEBUG.
 * Thread-safe.
 */
final class Complaints {

    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final LongSupplier ticker;

    /** When the next one may be said; written by whoever says one. */
    private final AtomicLong next;

    /** How many were not said since. */
    private final AtomicLong unsaid = new AtomicLong();

    Complaints(Logger log, LongSupplier ticker) {
        this.log = log;
        this.ticker = ticker;
        this.next = new AtomicLong(ticker.getAsLong());
    }

    /**
     * Complains.
     *
     * @param object such as {@code EndpointSlice shield/skippy-1}
     * @param problem in the form {@code field: value (expected: ...)}
     */
    void add(String object, String problem) {
        long now = ticker.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE_NANOS)) {
            long others = unsaid.getAndSet(0);
            String more = others == 0 ? "" : " (and " + others + " more like it before)";
            log.warn("{}: skipped {}{}", Printable.of(object), Printable.of(problem), more);
        } else {
            unsaid.incrementAndGet();
            log.debug("{}: skipped {}", Printable.of(object), Printable.of(problem));
        }
    }
}
