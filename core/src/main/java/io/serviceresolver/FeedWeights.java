package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.routing.SlowStart;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.text.Printable;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the hosts of one service their weights: what the policy says, and less while they start slowly. Confined to the event loop. */
final class FeedWeights {

    private static final Logger log = LoggerFactory.getLogger(FeedWeights.class);

    private final Target target;
    private final RoutingPolicy policy;
    private final SlowStartRamp ramp;
    private final SourceContext context;

    /** Has all handles choose anew. */
    private final Runnable onChange;

    private List<Host> hosts = List.of();
    private @Nullable Future<?> step;

    /** What is wrong with the first weight that cannot be used; empty where none is. */
    private String note = "";

    FeedWeights(Target target, RoutingPolicy policy, SourceContext context, Runnable onChange) {
        this.target = target;
        this.policy = policy;
        this.ramp = new SlowStartRamp(policy.slowStart());
        this.context = context;
        this.onChange = onChange;
    }

    /** Weighs the hosts of the set that the table holds now. */
    void update(HostTable table) {
        if (!policy.isWeighted()) {
            return;
        }
        hosts = table.current();
        if (policy.slowStart().isEnabled()) {
            ramp.update(hosts, now());
        }
        weigh();
    }

    /** What some hosts weigh; nothing where all always weigh the same. */
    double[] of(List<Host> some) {
        return policy.isWeighted() ? some.stream().mapToDouble(Host::weight).toArray() : new double[0];
    }

    /** What is to be said of the weights; empty where all is well. */
    String note() {
        return note;
    }

    private void weigh() {
        boolean starting = ramp.advance(now());
        String before = note;
        note = "";
        for (Host host : hosts) {
            host.weigh(weight(host.endpoint()) * ramp.share(host, now()));
        }
        if (!note.isEmpty() && before.isEmpty()) {
            log.warn("{}: {}", target, note);
        }
        if (starting && step == null) {
            long nanos = TimeUnit.NANOSECONDS.convert(policy.slowStart().window()) / SlowStart.STEPS;
            step = context.scheduler().schedule(this::step, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void step() {
        step = null;
        weigh();
        onChange.run();
    }

    private double weight(Endpoint endpoint) {
        if (policy.weights().isEmpty()) {
            return 1;
        }
        String problem;
        try {
            double weight = policy.weights().get().applyAsDouble(endpoint);
            if (weight >= RoutingPolicy.MIN_WEIGHT && weight <= RoutingPolicy.MAX_WEIGHT) {
                return weight;
            }
            problem = weight + " (expected: a number from " + RoutingPolicy.MIN_WEIGHT + " to "
                    + RoutingPolicy.MAX_WEIGHT + ")";
        } catch (RuntimeException e) {
            problem = Printable.of(e.toString());
        }
        if (note.isEmpty()) {
            note = "weight of " + Printable.of(endpoint.toString()) + ": " + problem + "; 1 is used";
        }
        return 1;
    }

    private long now() {
        return context.ticker().getAsLong();
    }
}
