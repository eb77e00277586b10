package io.serviceresolver;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.health.EndpointHealth;
import io.serviceresolver.health.EndpointHealth.Interval;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one endpoint for as long as it exists, and longer while calls are in flight there. It is its own counter,
 * so that all that a call writes lies together: the lower half counts the calls in flight, the upper half those that went
 * well, but for one bit that says whether it left. Raised and lowered by the threads that call.
 */
final class Host extends AtomicLong implements Candidate {

    private static final long serialVersionUID = 1L;

    /** The lowest bit of the upper half: calls that end here from now on are counted elsewhere. */
    private static final long GONE = 1L << 32;

    private static final int WENT_WELL_SHIFT = 33;

    private static final int TIMED = 8;

    /** One call less in flight, and one more that went well. */
    private static final long WENT_WELL = (1L << WENT_WELL_SHIFT) - 1;

    private final transient Ledger ledger;
    private final int index;
    private final transient EndpointHealth health = new EndpointHealth();

    /** Written by the event loop when more, or other things, become known of the endpoint. */
    private transient volatile Endpoint endpoint;

    /** How many calls had gone well when that was last noted: all of them once it left. Written by the event loop. */
    private volatile long noted;

    /** Null where it is 1, as nearly all are. Written by the event loop, before it has balancers updated. */
    private transient volatile @Nullable Double weight;

    Host(Endpoint endpoint, int index, Ledger ledger) {
        this.endpoint = endpoint;
        this.index = index;
        this.ledger = ledger;
    }

    void update(Endpoint now) {
        endpoint = now;
    }

    void weigh(double now) {
        weight = now == 1 ? null : now;
    }

    EndpointHealth health() {
        return health;
    }

    Ledger ledger() {
        return ledger;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public int inFlight() {
        return (int) get();
    }

    @Override
    public double weight() {
        Double other = weight;
        return other == null ? 1 : other;
    }

    @Override
    public void begin(@Nullable Balancer knows) {
        // Read before: whatever is read after an atomic change waits for it.
        Ledger toTell = ledger;
        incrementAndGet();
        toTell.begun(this, knows);
    }

    @Override
    public void end(Outcome outcome, long latencyNanos) {
        Ledger toTell = ledger;
        if (outcome != Outcome.SUCCESS) {
            // First: where nothing is in flight, all that ended is counted.
            toTell.outcomes().increment(Objects.requireNonNull(outcome, "outcome"));
            decrementAndGet();
        } else if ((addAndGet(WENT_WELL) & GONE) != 0) {
            toTell.outcomes().increment(outcome);
        }
        toTell.ended(this, outcome, latencyNanos);
    }

    /** Whether a call that has begun just now is to be timed: one in eight is, as looking at a clock costs more than all else of a pick. */
    boolean isTimed() {
        long word = get();
        int begun = (int) word + (int) (word >>> WENT_WELL_SHIFT);
        return (begun & TIMED - 1) == 1;
    }

    /** How many calls went well here, until it left. */
    long wentWell() {
        // To be read in this order: if it left meanwhile, what was noted then is to be read anew.
        long before = noted;
        long now = get();
        return (now & GONE) == 0 ? wentWell(before, now) : noted;
    }

    private static long wentWell(long noted, long word) {
        return noted + (((word >>> WENT_WELL_SHIFT) - noted) & (-1L >>> WENT_WELL_SHIFT));
    }

    /** Notes how many calls went well, as the count begins anew after 2^31: how many more than when that was noted before. Event loop only. */
    long note() {
        long before = noted;
        noted = wentWell();
        return noted - before;
    }

    /** What was recorded of its health since this was last asked. Event loop only. */
    Interval takeInterval() {
        return health.takeInterval(note());
    }

    /**
     * Has calls that go well from now on counted by the ledger: the host is in no table any more, and all that is counted
     * here is known now. Event loop only.
     */
    void leave() {
        long now;
        do {
            note();
            now = get();
        } while (wentWell(noted, now) != noted || !compareAndSet(now, now | GONE));
    }
}
