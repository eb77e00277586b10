package io.serviceresolver;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.health.EndpointHealth;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one endpoint for as long as it exists, and longer while calls are in flight there. It is its own counter,
 * so that all that a call writes lies together: the lower half counts the calls in flight, the upper half those that went
 * well. Raised and lowered by the threads that call.
 */
final class Host extends AtomicLong implements Candidate {

    private static final long serialVersionUID = 1L;

    private static final int WENT_WELL_BITS = 32;

    /** One call less in flight, and one more that went well. */
    private static final long WENT_WELL = (1L << WENT_WELL_BITS) - 1;

    private final transient Ledger ledger;
    private final int index;
    private final transient EndpointHealth health = new EndpointHealth();

    /** Written by the event loop when more, or other things, become known of the endpoint. */
    private transient volatile Endpoint endpoint;

    /** How many calls had gone well when that was last asked. Event loop only. */
    private int wentWellBefore;

    /** Written by the event loop, before it has balancers updated. */
    private volatile double weight = 1;

    Host(Endpoint endpoint, int index, Ledger ledger) {
        this.endpoint = endpoint;
        this.index = index;
        this.ledger = ledger;
    }

    void update(Endpoint now) {
        endpoint = now;
    }

    void weigh(double now) {
        weight = now;
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
        return weight;
    }

    @Override
    public void begin(@Nullable Balancer knows) {
        incrementAndGet();
        ledger.begun(this, knows);
    }

    @Override
    public void end(Outcome outcome, long latencyNanos) {
        addAndGet(outcome == Outcome.SUCCESS ? WENT_WELL : -1);
        ledger.ended(this, outcome, latencyNanos);
    }

    /** How many calls went well since this was last asked: fewer than 2^32. Event loop only. */
    long takeWentWell() {
        int now = (int) (get() >>> WENT_WELL_BITS);
        long since = Integer.toUnsignedLong(now - wentWellBefore);
        wentWellBefore = now;
        return since;
    }
}
