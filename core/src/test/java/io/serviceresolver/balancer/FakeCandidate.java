package io.serviceresolver.balancer;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A candidate of a {@link FakeService}, with nothing but its counter and its weight. */
final class FakeCandidate implements Candidate {

    final int index;
    final AtomicInteger inFlight = new AtomicInteger();
    private final FakeService service;
    volatile double weight = 1;
    volatile @Nullable String hostname;

    FakeCandidate(int index, FakeService service) {
        this.index = index;
        this.service = service;
    }

    static List<FakeCandidate> some(int count) {
        FakeService service = new FakeService();
        return IntStream.range(0, count).mapToObj(service::candidate).toList();
    }

    static int index(Candidate candidate) {
        return ((FakeCandidate) candidate).index;
    }

    @Override
    public Endpoint endpoint() {
        String address = "10." + index / 62_500 + "." + index / 250 % 250 + "." + (index % 250 + 1);
        return Endpoint.builder(address, 80).hostname(hostname).build();
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
    public double weight() {
        return weight;
    }

    @Override
    public void begin(@Nullable Balancer knows) {
        inFlight.incrementAndGet();
        service.begun(this, knows);
    }

    @Override
    public void end(Outcome outcome, long latencyNanos) {
        inFlight.decrementAndGet();
        service.ended(this, outcome, latencyNanos);
    }

    void end() {
        end(Outcome.SUCCESS, UNTIMED);
    }

    @Override
    public String toString() {
        return index + ":" + inFlight + "/" + weight;
    }
}
