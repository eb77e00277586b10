package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.call.Lease;

/** This library, with a lease for each call: what users are given first. */
final class OursWithLeases extends Ours {

    OursWithLeases(BalancerFactory balancer, int count) {
        super(balancer, count);
    }

    @Override
    public Object begin() {
        return handle().acquire();
    }

    @Override
    public void end(Object call) {
        ((Lease) call).success();
    }
}
