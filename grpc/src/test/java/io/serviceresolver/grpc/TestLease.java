package io.serviceresolver.grpc;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.List;

/** A call of which only the end is of interest. */
final class TestLease implements Lease {

    final List<Outcome> outcomes = new ArrayList<>();
    private final Endpoint endpoint;

    TestLease() {
        this(Endpoint.of("127.0.6.1", 80));
    }

    TestLease(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void complete(Outcome outcome) {
        outcomes.add(outcome);
    }
}
