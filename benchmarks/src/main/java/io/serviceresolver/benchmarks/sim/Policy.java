package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.routing.Subsetting;
import java.util.random.RandomGenerator;

/**
 * How clients choose.
 *
 * @param name its name on the command line and in the tables
 * @param about what it does, in a few words
 * @param maker makes one client of a run
 */
record Policy(String name, String about, Maker maker) {

    /** Makes clients. */
    @FunctionalInterface
    interface Maker {

        Client make(Fleet fleet, Events events, RandomGenerator random, Subsetting subsetting);
    }

    /** A balancer on its own: no server is ever ejected. */
    static Policy bare(String name, String about, BalancerFactory balancer) {
        return of(name, about, balancer, OutlierPolicy.never());
    }

    /** A balancer with outlier ejection, as it is by default. */
    static Policy ejecting(String name, String about, BalancerFactory balancer) {
        return of(name, about, balancer, OutlierPolicy.standard());
    }

    private static Policy of(String name, String about, BalancerFactory balancer, OutlierPolicy outliers) {
        Maker maker = (fleet, events, random, subsetting) -> new ResolverClient(
                fleet,
                events,
                builder -> builder.balancer(balancer)
                        .outliers(outliers)
                        .random(random)
                        .routing(RoutingPolicy.standard().withSubsetting(subsetting)));
        return new Policy(name, about, maker);
    }
}
