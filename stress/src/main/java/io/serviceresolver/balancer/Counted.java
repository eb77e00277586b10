package io.serviceresolver.balancer;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A candidate with nothing but its count. */
final class Counted extends AtomicInteger implements Candidate {

    private static final long serialVersionUID = 1L;

    private static final Endpoint ENDPOINT = Endpoint.of("10.0.0.1", 8080);

    private final int index;

    Counted(int index) {
        this.index = index;
    }

    @Override
    public Endpoint endpoint() {
        return ENDPOINT;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public int inFlight() {
        return get();
    }

    @Override
    public void begin(@Nullable Balancer knows) {
        incrementAndGet();
    }

    @Override
    public void end(Outcome outcome, long latencyNanos) {
        decrementAndGet();
    }
}
