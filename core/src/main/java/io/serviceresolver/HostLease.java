package io.serviceresolver;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call that was begun at a host, and is ended there once. It is its own flag, to be one object. */
final class HostLease extends AtomicBoolean implements Lease {

    private static final long serialVersionUID = 1L;

    private final transient Host host;
    private final transient Endpoint endpoint;
    private final transient OutcomeCounters outcomes;

    HostLease(Host host, OutcomeCounters outcomes) {
        this.host = host;
        this.endpoint = host.endpoint();
        this.outcomes = outcomes;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void complete(Outcome outcome) {
        if (compareAndSet(false, true)) {
            host.end();
            outcomes.increment(outcome);
        }
    }
}
