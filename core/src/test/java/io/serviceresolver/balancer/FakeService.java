package io.serviceresolver.balancer;

import io.serviceresolver.call.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Does for balancers what the engine does: tells them of calls. */
final class FakeService {

    private final List<Balancer> told = new CopyOnWriteArrayList<>();

    /** What time it is for balancers. Set by a test. */
    long nowNanos = Long.MAX_VALUE - 1_000_000_000;

    /** Whether balancers are told that weights may differ. Set by a test. */
    boolean weighted = true;

    FakeCandidate candidate(int index) {
        return new FakeCandidate(index, this);
    }

    List<FakeCandidate> candidates(int count) {
        return IntStream.range(0, count).mapToObj(this::candidate).toList();
    }

    /** A balancer that is told of calls. */
    Balancer balancer(BalancerFactory factory, RandomGenerator random) {
        Balancer balancer = factory.create(new BalancerContext(random, () -> nowNanos, weighted));
        told.add(balancer);
        return balancer;
    }

    /** A balancer that is told nothing, and sees no time pass. */
    static BalancerContext context(RandomGenerator random) {
        return new BalancerContext(random, () -> 0);
    }

    void begun(Candidate at, @Nullable Balancer knows) {
        told.stream().filter(balancer -> balancer != knows).forEach(balancer -> balancer.begun(at));
    }

    void ended(Candidate at, Outcome outcome, long latencyNanos) {
        told.forEach(balancer -> balancer.ended(at, outcome, latencyNanos));
    }
}
