package io.serviceresolver.balancer;

import java.util.List;
import java.util.random.RandomGenerator;

/** Each time one at random. */
record RandomBalancer(RandomGenerator random) implements Balancer {

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        Candidate[] all = candidates.toArray(new Candidate[0]);
        return () -> all[Draws.scale(random.nextInt(), all.length)];
    }
}
