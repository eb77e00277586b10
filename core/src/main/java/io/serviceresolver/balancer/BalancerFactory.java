package io.serviceresolver.balancer;

/** Makes the balancer of a handle. Called once for each handle, by any thread. */
@FunctionalInterface
public interface BalancerFactory {

    /**
     * Makes a balancer.
     *
     * @param context its randomness and its time
     * @return a new balancer
     */
    Balancer create(BalancerContext context);
}
