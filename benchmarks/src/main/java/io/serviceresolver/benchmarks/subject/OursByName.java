package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.ServiceResolver;

/** The one-liner: the resolver that the process shares, with the default balancer, found by the name of the service each time. */
final class OursByName implements Subject {

    OursByName(int count) {
        SharedSource.serve(new Pods().pods(0, count));
    }

    @Override
    public Object pick() {
        return ServiceResolver.resolve("skippy");
    }

    @Override
    public void update() {
        throw new UnsupportedOperationException("update: by name (expected: lrt, which is updated in the same way)");
    }

    @Override
    public void close() {
        ServiceResolver.shared().close();
    }
}
