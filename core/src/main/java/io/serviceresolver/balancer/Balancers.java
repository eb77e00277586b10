package io.serviceresolver.balancer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The balancers that come with the library. None allocates when it picks, or waits for another thread without a bound. */
public final class Balancers {

    private static final double LOAD_FACTOR = 1.25;

    private Balancers() {}

    /**
     * The endpoint with the least expected response time times (calls in flight + 1): of all, where there are up to 32, else
     * of five at random, which is nearly as good (M. Mitzenmacher, "The Power of Two Choices
     * in Randomized Load Balancing", IEEE TPDS 12(10), 2001).
     *
     * <ul>
     *   <li>The expected response time is the mean of the endpoint's calls, drawn to the mean of all endpoints by the weight of
     *       four calls (shrinkage, as by James and Stein): what is not known of one is taken from the others. A call
     *       counts for 1/e after 10 seconds, so what has not been called for long is taken for average again; the last thirty
     *       or so are all that count. What is within a quarter of the mean of all is taken for it: endpoints that are alike
     *       get their turns, and not the one that had luck all calls.
     *   <li>A call that failed counts as a hundred mean ones, and as no less than the mean of the endpoint's own. One that was given up, by whoever made it or by a lease that was
     *       closed without an outcome, counts as as long as it took, if that is longer than was expected, and else not at all:
     *       a caller's own time-out says that an endpoint is slow, and never that it is fast.
     *   <li>An endpoint that joins others is taken for 1.75 times as slow as the mean, until it has shown otherwise.
     *   <li>As long as no call went well or failed, as where callers only resolve and report nothing, calls in flight count
     *       alone, and where there are none either it is a round robin.
     *   <li>Where endpoints have {@linkplain Candidate#weight weights}, three are looked at, each as often as its weight says,
     *       and its calls in flight count in relation to its weight.
     * </ul>
     *
     * <p>It compares with {@link #peakEwma()}, which looks at two, takes one slow call for a slow endpoint, and knows nothing
     * of an endpoint but what it saw itself. It reads the clock twice for each call, and no more than now and then besides.
     */
    public static BalancerFactory leastResponseTime() {
        return LeastResponseTimeBalancer::new;
    }

    /**
     * One after the other. It starts at a random endpoint, so that many clients do not all start with the same one, and
     * goes on where it was when the set changes. Where endpoints have {@linkplain Candidate#weight weights}, each gets its
     * share without bursts, in steps of the golden ratio round a circle on which each has an arc (V. T. Sós' three-distance theorem).
     *
     * <p>Threads that get in each other's way at the same moment go round each by themselves from then on.
     */
    public static BalancerFactory roundRobin() {
        return RoundRobinBalancer::new;
    }

    /** Each time one at random, with a probability in proportion to its {@linkplain Candidate#weight weight}. */
    public static BalancerFactory random() {
        return RandomBalancer::new;
    }

    /**
     * The endpoint with the fewest calls in flight, exactly: the count of the chosen one was the least of all when it was
     * raised. Ties are broken at random. It costs the same whatever the number of endpoints; it grows with the number of
     * different weights.
     *
     * <p>Where endpoints have {@linkplain Candidate#weight weights}, the one with the least (calls in flight + a part of the
     * next) / weight: the part is drawn for each endpoint and call, between 0 and 1. So shares follow the weights also where calls
     * come one after the other; a heavy one then gets a little more: of weights 3, 1 and 1 the first gets 70 % and not 60 %.
     *
     * <p>When many threads choose at the same moment they take turns for some nanoseconds each. None waits longer than some
     * microseconds: should the one whose turn it is lose its processor, the others do as {@link #powerOfTwoChoices()} until
     * it goes on.
     */
    public static BalancerFactory leastConnections() {
        return context -> new LeastConnectionsBalancer(context);
    }

    /**
     * Of two endpoints chosen at random, the one with fewer calls in flight (M. Mitzenmacher, "The Power of Two Choices in
     * Randomized Load Balancing", IEEE TPDS 12(10), 2001). Where endpoints have {@linkplain Candidate#weight weights}, they are
     * chosen as often as these say, and calls in flight count in relation to them: idle endpoints get just their shares.
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
        return context -> new PowerOfChoicesBalancer(context, choices);
    }

    /** As {@link #peakEwma(Duration)}, with a decay of 10 seconds. */
    public static BalancerFactory peakEwma() {
        return peakEwma(Duration.ofSeconds(10));
    }

    /**
     * Of two endpoints chosen at random, the one with the less latency times (calls in flight + 1); by their
     * {@linkplain Candidate#weight weights} as {@link #powerOfTwoChoices()}. The latency is an exponentially weighted moving average that takes over a peak
     * at once (as Finagle's {@code PeakEwma}). A call that failed counts as ten times as long as it
     * took, and as a second at least. An endpoint that has not answered yet gets one call at a time, if that can be. It
     * reads the clock for each call.
     *
     * @param decay after what time an old latency counts for 1/e, a millisecond or more
     * @throws IllegalArgumentException if it is less
     */
    public static BalancerFactory peakEwma(Duration decay) {
        if (TimeUnit.MILLISECONDS.convert(decay) < 1) {
            throw new IllegalArgumentException("decay: " + decay + " (expected: 1 ms or more)");
        }
        return context -> new PeakEwmaBalancer(context, TimeUnit.NANOSECONDS.convert(decay));
    }

    /** As {@link #ringHash(double)}, with a load factor of 1.25. */
    public static BalancerFactory ringHash() {
        return ringHash(LOAD_FACTOR);
    }

    /**
     * The same endpoint for the same key, by a hash ring (D. Karger et al., STOC 1997) with bounded loads (V. Mirrokni et
     * al., SODA 2018): when an endpoint comes or goes, only the keys that it gets or had move. Endpoints are known by the
     * host name that a Pod of a StatefulSet keeps, or by address and port, so that all clients choose alike. Calls without
     * a key go to random places.
     *
     * <p>There are 128 points for each endpoint, and by its {@linkplain Candidate#weight weight} more or fewer, one at least: 64 to
     * 256 on average. Weights count in relation to each other. An update sorts the points of the endpoints that come, and passes
     * over the others once; a pick finds its point in the same time however many there are. Unless the key's own endpoint is
     * idle, or the bound infinite, it then counts calls in flight: at all of up to 64 endpoints; of more, at 16, and it adds up one number
     * for each 16 others, which grows with their number: 625 of 10,000.
     *
     * @param loadFactor how many times its fair share of the calls in flight an endpoint may have before a key's call goes
     *     to the next: more than 1; infinite for no bound
     * @throws IllegalArgumentException if it is 1 or less, or no number
     */
    public static BalancerFactory ringHash(double loadFactor) {
        double factor = requireLoadFactor(loadFactor);
        return context -> new HashBalancer(context.random(), HashRing.empty(), factor);
    }

    /** As {@link #maglev(double)}, with a load factor of 1.25. */
    public static BalancerFactory maglev() {
        return maglev(LOAD_FACTOR);
    }

    /**
     * As {@link #ringHash(double)}, by the table of Maglev (D. E. Eisenbud et al., NSDI 2016): endpoints have almost equal
     * shares and a pick is faster, but some more keys move when one comes or goes. An update fills a table of 65,537
     * places, or of 655,373 where there are more than 655 endpoints.
     *
     * @param loadFactor how many times its fair share of the calls in flight an endpoint may have before a key's call goes
     *     to another: more than 1; infinite for no bound
     * @throws IllegalArgumentException if it is 1 or less, or no number
     */
    public static BalancerFactory maglev(double loadFactor) {
        double factor = requireLoadFactor(loadFactor);
        return context -> new HashBalancer(context.random(), MaglevTable.empty(), factor);
    }

    private static double requireLoadFactor(double value) {
        if (!(value > 1)) {
            throw new IllegalArgumentException("loadFactor: " + value + " (expected: more than 1)");
        }
        return value;
    }
}
