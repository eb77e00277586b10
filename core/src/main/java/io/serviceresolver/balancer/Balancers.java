package io.serviceresolver.balancer;

/** The balancers that come with the library. All are allocation-free and lock-free when they pick. */
public final class Balancers {

    private Balancers() {}

    /**
     * One after the other. It starts at a random endpoint, so that many clients do not all start with the same one, and
     * goes on where it was when the set changes.
     */
    public static BalancerFactory roundRobin() {
        return RoundRobinBalancer::new;
    }

    /** Each time one at random, all with the same probability. */
    public static BalancerFactory random() {
        return random -> new RandomBalancer(random);
    }

    /**
     * The endpoint with the fewest calls in flight, exactly: the count of the chosen one was the least of all when it was
     * raised. Ties are broken at random. A pick looks at all endpoints; where there are hundreds,
     * {@link #powerOfTwoChoices()} costs less.
     */
    public static BalancerFactory leastConnections() {
        return LeastConnectionsBalancer::new;
    }

    /**
     * Of two endpoints chosen at random, the one with fewer calls in flight (Mitzenmacher, "The Power of Two Choices in
     * Randomized Load Balancing", IEEE TPDS 12(10), 2001).
     */
    public static BalancerFactory powerOfTwoChoices() {
        return PowerOfTwoBalancer::new;
    }
}
