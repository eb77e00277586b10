package io.serviceresolver;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.source.SourceContext;

/** The routing policy as it is applied to one service: what its hosts weigh, and how calls to our zone fare. */
final class FeedRouting {

    private final Target target;
    private final RoutingPolicy policy;
    private final double threshold;
    private final FeedHealth health;
    private final FeedWeights weights;
    private final ZoneLoad zones;

    /**
     * Begins with nothing known.
     *
     * @param maxEjected the largest share of endpoints that may be left alone
     * @param health which hosts are healthy
     * @param onChange has all handles choose anew
     */
    FeedRouting(
            Target target,
            RoutingPolicy policy,
            double maxEjected,
            SourceContext context,
            FeedHealth health,
            Runnable onChange) {
        this.target = target;
        this.policy = policy;
        this.threshold = policy.panic().thresholdFor(maxEjected);
        this.health = health;
        this.weights = new FeedWeights(target, policy, context, onChange);
        this.zones = new ZoneLoad(target, policy.locality(), context, onChange);
    }

    Target target() {
        return target;
    }

    /** Whether it matters how calls end. */
    boolean isLoadAware() {
        return policy.locality().isLoadAware();
    }

    /** A call has ended. To be called only where it matters. Runs on any thread. */
    void ended(Host at, Outcome outcome, long latencyNanos) {
        zones.ended(at, outcome, latencyNanos);
    }

    // All below runs on the event loop.

    void start() {
        zones.start();
    }

    void stop() {
        zones.stop();
    }

    /** The table holds another set now. */
    void update(HostTable table) {
        weights.update(table);
        zones.update(table);
    }

    FeedWeights weights() {
        return weights;
    }

    /** Plans for one moment. */
    RoutingPlanner planner(Topology place) {
        return new RoutingPlanner(policy, threshold, zones.fitness(), place, health);
    }
}
