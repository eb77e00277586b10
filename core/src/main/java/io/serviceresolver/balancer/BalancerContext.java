package io.serviceresolver.balancer;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * All that a balancer may use of the world besides its candidates, so that a test can replace it.
 *
 * @param random where it takes its randomness from; may be called by all threads at once
 * @param ticker nanoseconds since some fixed moment, never back; may be called by all threads at once
 * @param weighted whether {@linkplain Candidate#weight weights} may differ: if not, there is no need to look at them
 */
public record BalancerContext(RandomGenerator random, LongSupplier ticker, boolean weighted) {

    /**
     * Where weights may differ.
     *
     * @param random where it takes its randomness from
     * @param ticker nanoseconds since some fixed moment
     */
    public BalancerContext(RandomGenerator random, LongSupplier ticker) {
        this(random, ticker, true);
    }
}
