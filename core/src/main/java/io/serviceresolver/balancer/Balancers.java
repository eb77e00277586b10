package io.serviceresolver.balancer;

/** The balancers that come with the library. None allocates when it picks, or waits for another thread without a bound. */
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
     * raised. Where endpoints have {@linkplain Candidate#weight weights}, the one with the least (calls in flight + 1) /
     * weight. Ties are broken at random. It costs the same whatever the number of endpoints; it grows with the number of
     * different weights.
     *
     * <p>When many threads choose at the same moment they take turns for some nanoseconds each. None waits longer than some
     * microseconds: should the one whose turn it is lose its processor, the others do as {@link #powerOfTwoChoices()} until
     * it goes on.
     */
    public static BalancerFactory leastConnections() {
        return LeastConnectionsBalancer::new;
    }

    /**
     * Of two endpoints chosen at random, the one with fewer calls in flight (M. Mitzenmacher, "The Power of Two Choices in
     * Randomized Load Balancing", IEEE TPDS 12(10), 2001), in relation to their {@linkplain Candidate#weight weights}.
     */
    public static BalancerFactory powerOfTwoChoices() {
        return powerOfChoices(2);
    }

    /**
     * As {@link #powerOfTwoChoices()}, of more endpoints than two: nearer to the least loaded of all, and dearer by one
     * look for each.
     *
     * @param choices how many endpoints to look at, 2 to 10
     * @throws IllegalArgumentException if it is out of range
     */
    public static BalancerFactory powerOfChoices(int choices) {
        if (choices < 2 || choices > 10) {
            throw new IllegalArgumentException("choices: " + choices + " (expected: 2 to 10)");
        }
        return random -> new PowerOfChoicesBalancer(random, choices);
    }
}
