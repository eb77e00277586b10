package io.serviceresolver.balancer;

import java.util.List;
import java.util.random.RandomGenerator;

/** Each time one at random, by weight. */
record RandomBalancer(BalancerContext context) implements Balancer {

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        Candidate[] all = candidates.toArray(new Candidate[0]);
        RandomGenerator random = context.random();
        double[] weights = Weights.of(candidates, context);
        if (Weights.areEqual(weights)) {
            return () -> all[Draws.scale(random.nextInt(), all.length)];
        }
        AliasTable table = new AliasTable(weights);
        return () -> all[table.draw(random.nextLong())];
    }
}
