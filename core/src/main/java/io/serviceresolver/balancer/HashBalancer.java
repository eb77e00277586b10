package io.serviceresolver.balancer;

import java.util.List;
import java.util.random.RandomGenerator;

/** The same one for the same key. */
final class HashBalancer implements Balancer {

    private final RandomGenerator random;
    private final double loadFactor;

    /** The last one, from which the next is made. Written by {@link #update}. */
    private HashTable table;

    /**
     * Made with a table without places.
     *
     * @param random makes the keys of calls that have none
     * @param loadFactor how many times its fair share of the calls in flight a candidate may have
     */
    HashBalancer(RandomGenerator random, HashTable table, double loadFactor) {
        this.random = random;
        this.table = table;
        this.loadFactor = loadFactor;
    }

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        table = table.next(HashMembers.of(candidates));
        return new HashPicker(table, new BoundedLoad(candidates, loadFactor), random);
    }
}
