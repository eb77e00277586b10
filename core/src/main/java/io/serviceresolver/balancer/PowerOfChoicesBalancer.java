package io.serviceresolver.balancer;

import java.util.List;
import java.util.random.RandomGenerator;

/** The least loaded of some chosen at random. */
record PowerOfChoicesBalancer(BalancerContext context, int choices) implements Balancer {

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        RandomChoices made = new RandomChoices(candidates.toArray(new Candidate[0]), choices, context);
        RandomGenerator random = context.random();
        return () -> made.pick(random);
    }
}
