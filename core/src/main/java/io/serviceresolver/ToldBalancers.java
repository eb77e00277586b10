package io.serviceresolver;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.call.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several balancers that are told of the calls to one service, as one. It chooses nothing. */
record ToldBalancers(List<Balancer> all) implements Balancer {

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        throw new UnsupportedOperationException("update: several balancers (expected: each of them)");
    }

    void begun(Candidate at, @Nullable Balancer knows) {
        for (Balancer balancer : all) {
            if (balancer != knows) {
                balancer.begun(at);
            }
        }
    }

    @Override
    public void ended(Candidate at, Outcome outcome, long latencyNanos) {
        for (Balancer balancer : all) {
            balancer.ended(at, outcome, latencyNanos);
        }
    }
}
