package io.serviceresolver.balancer;

import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * The same one for the same key.
 *
 * @param random makes the keys of calls that have none
 * @param table makes the table, of the hashes of identities and the weights
 * @param loadFactor how many times its fair share of the calls in flight a candidate may have
 */
record HashBalancer(RandomGenerator random, BiFunction<long[], double[], HashTable> table, double loadFactor)
        implements Balancer {

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        double[] weights = Weights.of(candidates);
        HashTable made = table.apply(Identities.hashes(candidates), weights);
        BoundedLoad bound = new BoundedLoad(candidates, weights, loadFactor);
        return new HashPicker(candidates.toArray(new Candidate[0]), made, bound, random);
    }
}
