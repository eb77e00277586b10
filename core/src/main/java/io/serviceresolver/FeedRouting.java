package io.serviceresolver;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.source.SourceContext;
import org.jspecify.annotations.Nullable;

/** The routing policy as it is applied to one service: what its hosts weigh, and how calls to our zone fare. */
final class FeedRouting {

    private final Target target;
    private final RoutingPolicy policy;
    private final double threshold;
    private final FeedHealth health;
    private final FeedWeights weights;

    /** Null where it does not matter how calls fare. */
    private final @Nullable ZoneLoad zones;

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
        this.zones =
                policy.locality().isLoadAware() ? new ZoneLoad(target, policy.locality(), context, onChange) : null;
    }

    Target target() {
        return target;
    }

    /** Whether it matters how calls end. */
    boolean isLoadAware() {
        return zones != null;
    }

    /** A call has ended. Runs on any thread. */
    void ended(Host at, Outcome outcome, long latencyNanos) {
        if (zones != null) {
            zones.ended(at, outcome, latencyNanos);
        }
    }

    // All below runs on the event loop.

    void start() {
        if (zones != null) {
            zones.start();
        }
    }

    void stop() {
        if (zones != null) {
            zones.stop();
        }
    }

    /** The table holds another set now. */
    void update(HostTable table) {
        weights.update(table);
        if (zones != null) {
            zones.update(table);
        }
    }

    FeedWeights weights() {
        return weights;
    }

    /** Plans for one moment. */
    RoutingPlanner planner(Topology place) {
        double fitness = zones == null ? 1 : zones.fitness();
        return new RoutingPlanner(policy, threshold, fitness, place, health);
    }
}
