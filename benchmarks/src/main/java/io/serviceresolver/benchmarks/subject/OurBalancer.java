package io.serviceresolver.benchmarks.subject;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.BalancerContext;
import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A balancer of this library, alone: without a resolver, sets, filters and health. */
final class OurBalancer implements Subject {

    private final Balancer balancer;
    private final Rollout rollout;
    private final List<Bare> candidates = new ArrayList<>();
    private int replaced;

    /** Written by the thread that updates, read by all. */
    private volatile Picker picker;

    OurBalancer(BalancerFactory factory, int count) {
        balancer = factory.create(
                new BalancerContext(() -> ThreadLocalRandom.current().nextLong(), System::nanoTime));
        rollout = new Rollout(count);
        for (Endpoint endpoint : rollout.pods()) {
            candidates.add(new Bare(endpoint, candidates.size(), balancer));
        }
        picker = balancer.update(List.copyOf(candidates));
    }

    @Override
    public Object pick() {
        return picker.pick();
    }

    @Override
    public Object begin() {
        return picker.begin();
    }

    @Override
    public void end(Object call) {
        ((Bare) call).end(Outcome.SUCCESS, Candidate.UNTIMED);
    }

    @Override
    public void update() {
        int place = replaced++ % candidates.size();
        // The index is free again at once only because no call is in flight there when endpoints are replaced.
        candidates.set(place, new Bare(rollout.next().get(place), place, balancer));
        picker = balancer.update(List.copyOf(candidates));
    }

    private static final class Bare implements Candidate {

        private final Endpoint endpoint;
        private final int index;
        private final Balancer balancer;
        private final AtomicInteger inFlight = new AtomicInteger();

        Bare(Endpoint endpoint, int index, Balancer balancer) {
            this.endpoint = endpoint;
            this.index = index;
            this.balancer = balancer;
        }

        @Override
        public Endpoint endpoint() {
            return endpoint;
        }

        @Override
        public int index() {
            return index;
        }

        @Override
        public int inFlight() {
            return inFlight.get();
        }

        @Override
        public void begin(@Nullable Balancer knows) {
            inFlight.incrementAndGet();
            if (knows != balancer) {
                balancer.begun(this);
            }
        }

        @Override
        public void end(Outcome outcome, long latencyNanos) {
            inFlight.decrementAndGet();
            balancer.ended(this, outcome, latencyNanos);
        }
    }
}
