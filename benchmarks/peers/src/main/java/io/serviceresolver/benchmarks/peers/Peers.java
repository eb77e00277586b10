package io.serviceresolver.benchmarks.peers;

import static io.serviceresolver.benchmarks.subject.Competitor.counted;
import static io.serviceresolver.benchmarks.subject.Competitor.uncounted;

import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.benchmarks.subject.Activity;
import io.serviceresolver.benchmarks.subject.Competitor;
import io.serviceresolver.benchmarks.subject.SubjectProvider;
import java.util.List;
import java.util.Set;

/** All of them. */
public final class Peers implements SubjectProvider {

    private static final String ROUND_ROBIN = "floor-rr";
    private static final String RANDOM = "floor-random";

    /** For {@link java.util.ServiceLoader}. */
    public Peers() {}

    @Override
    public List<Competitor> competitors() {
        return List.of(
                uncounted("grpc-rr", ROUND_ROBIN, Grpc::roundRobin),
                uncounted("armeria-rr", ROUND_ROBIN, Armeria::roundRobin),
                uncounted("armeria-wrr", ROUND_ROBIN, Armeria::weighted),
                uncounted("vertx-rr", ROUND_ROBIN, Vertx::roundRobin),
                uncounted("servicetalk-rr", ROUND_ROBIN, ServiceTalk::roundRobin),
                uncounted("spring-rr", ROUND_ROBIN, Spring::roundRobin),
                uncounted("stork-rr", ROUND_ROBIN, Stork::roundRobin),
                uncounted("vertx-random", RANDOM, Vertx::random),
                uncounted("spring-random", RANDOM, Spring::random),
                uncounted("stork-random", RANDOM, Stork::random),
                counted("grpc-lr2", Grpc::leastRequest),
                ours("grpc-with-lc", Balancers.leastConnections()),
                ours("grpc-with-lrt", Balancers.leastResponseTime()),
                counted("finagle-rr", Finagle::roundRobin),
                counted("finagle-heap", Finagle::heap),
                counted("finagle-p2c", Finagle::twoChoices),
                counted("finagle-ewma", Finagle::peakEwma),
                counted("servicetalk-p2c", ServiceTalk::twoChoices),
                counted("vertx-lr", Vertx::leastRequests),
                counted("vertx-p2c", Vertx::twoChoices),
                counted("stork-lr", Stork::leastRequests),
                counted("stork-p2c", Stork::twoChoices),
                counted("stork-lrt", Stork::leastResponseTime));
    }

    /** In a channel of gRPC. */
    private static Competitor ours(String name, BalancerFactory balancer) {
        return new Competitor(
                name,
                Competitor.Team.OURS,
                "floor-p2c",
                Set.of(Activity.CALL, Activity.BUSY),
                count -> new GrpcByHandle(balancer, count));
    }
}
