package io.serviceresolver.balancer;

import java.util.random.RandomGenerator;

/** Makes the balancer of a handle. Called once for each handle, by any thread. */
@FunctionalInterface
public interface BalancerFactory {

    /**
     * Makes a balancer.
     *
     * @param random where the balancer takes its randomness from; may be called by all threads at once
     * @return a new balancer
     */
    Balancer create(RandomGenerator random);
}
