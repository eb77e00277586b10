package io.serviceresolver;

import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.health.EndpointHealth;
import java.util.concurrent.atomic.AtomicInteger;

/** What is kept of one endpoint for as long as it exists, and longer while calls are in flight there. */
final class Host implements Candidate {

    /** Raised and lowered by the threads that call. */
    private final AtomicInteger inFlight = new AtomicInteger();

    private final EndpointHealth health = new EndpointHealth();

    /** Written by the event loop when more, or other things, become known of the endpoint. */
    private volatile Endpoint endpoint;

    Host(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    void update(Endpoint now) {
        endpoint = now;
    }

    EndpointHealth health() {
        return health;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public int inFlight() {
        return inFlight.get();
    }

    @Override
    public void begin() {
        inFlight.incrementAndGet();
    }

    @Override
    public boolean beginIf(int expected) {
        return inFlight.compareAndSet(expected, expected + 1);
    }

    void end() {
        inFlight.decrementAndGet();
    }
}
