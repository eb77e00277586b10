package io.serviceresolver.examples;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.call.Outcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * A balancer of one's own that learns from calls: one Pod at random, and another draw where the last call to it failed.
 * {@code ServiceResolver.builder().balancer(context -> new SecondChanceBalancer(context.random()))} uses it.
 */
public final class SecondChanceBalancer implements Balancer {

    private final RandomGenerator random;
    private final Set<Candidate> failing = ConcurrentHashMap.newKeySet();

    /** A balancer that draws from this generator. */
    public SecondChanceBalancer(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        List<Candidate> all = List.copyOf(candidates);
        failing.retainAll(all);
        return () -> {
            Candidate drawn = all.get(random.nextInt(all.size()));
            return failing.contains(drawn) ? all.get(random.nextInt(all.size())) : drawn;
        };
    }

    @Override
    public Interest interest() {
        return Interest.CALLS;
    }

    @Override
    public void ended(Candidate at, Outcome outcome, long latencyNanos) {
        if (outcome == Outcome.SUCCESS) {
            failing.remove(at);
        } else {
            failing.add(at);
        }
    }
}
