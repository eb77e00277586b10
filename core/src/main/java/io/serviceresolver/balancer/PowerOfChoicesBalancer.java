package io.serviceresolver.balancer;

import java.util.List;
import java.util.random.RandomGenerator;

/** The least loaded of some chosen at random. */
record PowerOfChoicesBalancer(RandomGenerator random, int choices) implements Balancer {

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        RandomChoices made = new RandomChoices(candidates, choices);
        return () -> made.pick(random);
    }
}
