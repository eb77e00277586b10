package io.serviceresolver;

import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call that was begun at a host, and is ended there once. It is its own flag, to be one object. */
final class HostLease extends AtomicBoolean implements Lease {

    private static final long serialVersionUID = 1L;

    /** Stands for a start that nobody wants to know. */
    private static final long UNTIMED = Long.MIN_VALUE;

    private final transient Host host;
    private final transient Endpoint endpoint;
    private final transient long startNanos;

    HostLease(Host host) {
        this.host = host;
        this.endpoint = host.endpoint();
        this.startNanos = host.ledger().isTimed(host) ? host.ledger().now() : UNTIMED;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void complete(Outcome outcome) {
        Objects.requireNonNull(outcome, "outcome: null (expected: one of Outcome)");
        if (compareAndSet(false, true)) {
            host.end(
                    outcome,
                    startNanos == UNTIMED ? Candidate.UNTIMED : host.ledger().now() - startNanos);
        }
    }

    /** {@code 10.0.0.7:8080: in flight}, or {@code ended}. */
    @Override
    public String toString() {
        return endpoint + (get() ? ": ended" : ": in flight");
    }
}
