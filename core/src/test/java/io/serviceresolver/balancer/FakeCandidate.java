package io.serviceresolver.balancer;

import io.serviceresolver.endpoint.Endpoint;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A candidate with nothing but its counter. */
final class FakeCandidate implements Candidate {

    final int index;
    final AtomicInteger inFlight = new AtomicInteger();

    FakeCandidate(int index) {
        this.index = index;
    }

    static List<FakeCandidate> some(int count) {
        return IntStream.range(0, count).mapToObj(FakeCandidate::new).toList();
    }

    static int index(Candidate candidate) {
        return ((FakeCandidate) candidate).index;
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.of("10.0.0." + (index + 1), 80);
    }

    @Override
    public int inFlight() {
        return inFlight.get();
    }

    @Override
    public void begin() {
        inFlight.incrementAndGet();
    }

    @Override
    public boolean beginIf(int expected) {
        return inFlight.compareAndSet(expected, expected + 1);
    }

    @Override
    public String toString() {
        return index + ":" + inFlight;
    }
}
