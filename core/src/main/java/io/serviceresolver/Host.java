package io.serviceresolver;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.health.EndpointHealth;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is kept of one endpoint for as long as it exists, and longer while calls are in flight there. */
final class Host implements Candidate {

    private final Ledger ledger;
    private final int index;

    /** Raised and lowered by the threads that call. */
    private final AtomicInteger inFlight = new AtomicInteger();

    private final EndpointHealth health = new EndpointHealth();

    /** Written by the event loop when more, or other things, become known of the endpoint. */
    private volatile Endpoint endpoint;

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
        return inFlight.get();
    }

    @Override
    public double weight() {
        return weight;
    }

    @Override
    public void begin(@Nullable Balancer knows) {
        inFlight.incrementAndGet();
        ledger.begun(this, knows);
    }

    @Override
    public void end(Outcome outcome, long latencyNanos) {
        inFlight.decrementAndGet();
        ledger.ended(this, outcome, latencyNanos);
    }
}
