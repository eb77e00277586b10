package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.endpoint.Endpoint;
import java.util.List;

/** Nothing but the endpoints: what is said of each Pod, before anybody does anything with it. */
final class BareEndpoints implements Subject {

    private final List<Endpoint> endpoints;

    BareEndpoints(int count) {
        endpoints = new Pods().pods(0, count);
    }

    @Override
    public Object pick() {
        return endpoints.get(0);
    }

    @Override
    public void update() {
        throw new UnsupportedOperationException("update: bare endpoints (expected: to be looked at only)");
    }
}
