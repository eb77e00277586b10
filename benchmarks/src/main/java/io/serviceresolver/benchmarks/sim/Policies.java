package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import java.util.ArrayList;
import java.util.List;

/** All policies that are compared. */
final class Policies {

    /** The limit. */
    static final String ORACLE = "oracle";

    /** What a resolver does where nothing is said: least response time, and outliers ejected. */
    static final String DEFAULT = "lrt+e";

    /** The best policy known before. */
    static final String BEST_KNOWN = "mean";

    private Policies() {}

    /** In the order of the tables. */
    static List<Policy> all() {
        List<Policy> all = new ArrayList<>();
        all.add(new Policy(
                ORACLE,
                "knows all speeds and queues, and uses all servers",
                (fleet, events, random, subsetting) -> new Oracle(fleet, random)));
        both(all, "lrt", "least response time", Balancers.leastResponseTime());
        both(all, "random", "one at random", Balancers.random());
        both(all, "rr", "round robin", Balancers.roundRobin());
        both(all, "lc", "least connections", Balancers.leastConnections());
        both(all, "p2c", "two choices by calls in flight", Balancers.powerOfTwoChoices());
        both(all, "peak", "two choices by peak EWMA", Balancers.peakEwma());
        both(all, BEST_KNOWN, "two choices by mean EWMA, 10 s; a reference, not in the library", MeanEwma::new);
        return all;
    }

    private static void both(List<Policy> all, String name, String about, BalancerFactory balancer) {
        all.add(Policy.bare(name, about, balancer));
        all.add(Policy.ejecting(name + "+e", about + ", outliers ejected", balancer));
    }

    static Policy find(String name) {
        return all().stream()
                .filter(policy -> policy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("policy: " + name + " (expected: one of "
                        + all().stream().map(Policy::name).toList() + ")"));
    }
}
