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
    private final transient FeedCalls calls;

    /** When it began; zero where it is not timed. */
    private final long began;

    HostLease(Host host, FeedCalls calls) {
        this.host = host;
        this.endpoint = host.endpoint();
        this.calls = calls;
        this.began = calls.began(host);
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void complete(Outcome outcome) {
        if (compareAndSet(false, true)) {
            host.end();
            calls.ended(host, outcome, began);
        }
    }
}
