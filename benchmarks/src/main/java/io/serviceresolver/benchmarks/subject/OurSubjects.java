package io.serviceresolver.benchmarks.subject;

import static io.serviceresolver.benchmarks.subject.Activity.BUSY;
import static io.serviceresolver.benchmarks.subject.Activity.CALL;
import static io.serviceresolver.benchmarks.subject.Activity.DURING;
import static io.serviceresolver.benchmarks.subject.Activity.HEAP;
import static io.serviceresolver.benchmarks.subject.Activity.PICK;
import static io.serviceresolver.benchmarks.subject.Activity.REST;
import static io.serviceresolver.benchmarks.subject.Activity.SERVICES;
import static io.serviceresolver.benchmarks.subject.Activity.UPDATE;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.benchmarks.subject.Competitor.Team;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/** This library, with each of its balancers. */
final class OurSubjects implements SubjectProvider {

    private static final String COUNTED = Competitor.COUNTED_FLOOR;
    private static final Set<Activity> ALL = Set.of(PICK, CALL, BUSY, DURING, UPDATE, HEAP);

    @Override
    public List<Competitor> competitors() {
        return List.of(
                ours("rr", "floor-rr", ALL, count -> new Ours(Balancers.roundRobin(), count)),
                ours("random", "floor-random", ALL, count -> new Ours(Balancers.random(), count)),
                ours("p2c", COUNTED, ALL, count -> new Ours(Balancers.powerOfTwoChoices(), count)),
                ours("lc", COUNTED, ALL, count -> new Ours(Balancers.leastConnections(), count)),
                ours("lrt", COUNTED, ALL, count -> new Ours(Balancers.leastResponseTime(), count)),
                ours("ewma", COUNTED, ALL, count -> new Ours(Balancers.peakEwma(), count)),
                ours("ring-hash", COUNTED, ALL, count -> new Ours(Balancers.ringHash(), count)),
                ours("maglev", COUNTED, ALL, count -> new Ours(Balancers.maglev(), count)),
                ours("lrt-by-name", COUNTED, Set.of(PICK), OursByName::new),
                ours(
                        "lc-lease",
                        COUNTED,
                        Set.of(CALL, BUSY),
                        count -> new OursWithLeases(Balancers.leastConnections(), count)),
                ours(
                        "lrt-lease",
                        COUNTED,
                        Set.of(CALL, BUSY),
                        count -> new OursWithLeases(Balancers.leastResponseTime(), count)),
                ours(
                        "rr-balancer",
                        "floor-rr",
                        Set.of(PICK, UPDATE),
                        count -> new OurBalancer(Balancers.roundRobin(), count)),
                ours(
                        "lc-balancer",
                        COUNTED,
                        Set.of(CALL, UPDATE),
                        count -> new OurBalancer(Balancers.leastConnections(), count)),
                ours("rr-services", "floor-rr", Set.of(SERVICES), OurServices::following),
                ours("resolver", "floor-rr", Set.of(REST), count -> OurServices.resting()));
    }

    private static Competitor ours(
            String name, String floor, Set<Activity> activities, IntFunction<? extends Subject> factory) {
        return new Competitor(name, Team.OURS, floor, activities, factory);
    }
}
