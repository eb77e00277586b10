package io.serviceresolver;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.routing.LocalityPolicy;
import io.serviceresolver.source.SourceContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How calls to our own zone fare against those to the others, for one service. Calls are recorded by all threads; the rest is
 * the event loop's.
 */
final class ZoneLoad {

    private static final Logger log = LoggerFactory.getLogger(ZoneLoad.class);

    /** So many calls on either side say something. */
    private static final int MIN_CALLS = 20;

    private static final double DECREASE = 0.7;
    private static final double INCREASE = 0.1;
    private static final double LEAST = 0.1;

    private final Target target;
    private final LocalityPolicy policy;
    private final SourceContext context;
    private final Runnable onChange;

    private final Side own = new Side();
    private final Side others = new Side();

    /** Which hosts are in our zone, by their indexes. Written by the event loop. */
    private volatile boolean[] ours = {};

    private List<Host> hosts = List.of();
    private @Nullable Future<?> interval;
    private double fitness = 1;

    /** What is known of calls to some zones. The adders are raised by all threads; the rest is the event loop's. */
    private static final class Side {

        /** Means below this are taken for this: so little may be noise. */
        private static final double LEAST_MICROS = 1_000;

        private final LongAdder succeeded = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder timed = new LongAdder();
        private final LongAdder micros = new LongAdder();

        private long successes;
        private long failures;
        private long times;
        private long time;

        /** Takes over what was recorded. Where nothing ended, calls in flight are taken to be stuck. */
        void collect(int inFlight) {
            long good = succeeded.sumThenReset();
            long bad = failed.sumThenReset();
            successes += good;
            failures += good + bad == 0 ? inFlight : bad;
            times += timed.sumThenReset();
            time += micros.sumThenReset();
        }

        boolean isTelling() {
            return successes + failures >= MIN_CALLS;
        }

        double meanMicros() {
            return times == 0 ? LEAST_MICROS : Math.max(LEAST_MICROS, (double) time / times);
        }

        double successRate() {
            return Math.max(1, successes) / (double) Math.max(1, successes + failures);
        }

        void reset() {
            successes = 0;
            failures = 0;
            times = 0;
            time = 0;
        }
    }

    ZoneLoad(Target target, LocalityPolicy policy, SourceContext context, Runnable onChange) {
        this.target = target;
        this.policy = policy;
        this.context = context;
        this.onChange = onChange;
    }

    /** A call has ended; how long it took is negative where that is not known. Runs on any thread. */
    void ended(Host at, Outcome outcome, long latencyNanos) {
        boolean[] known = ours;
        Side side = at.index() < known.length && known[at.index()] ? own : others;
        switch (outcome) {
            case SUCCESS -> {
                side.succeeded.increment();
                if (latencyNanos >= 0) {
                    side.timed.increment();
                    side.micros.add(latencyNanos / 1_000);
                }
            }
            case CONNECT_FAILED, IO_ERROR, TIMEOUT, SERVER_ERROR -> side.failed.increment();
            case CANCELLED, UNREPORTED -> {}
        }
    }

    // All below runs on the event loop.

    void start() {
        interval = context.scheduler()
                .scheduleWithFixedDelay(
                        this::compare,
                        LocalityPolicy.INTERVAL_SECONDS,
                        LocalityPolicy.INTERVAL_SECONDS,
                        TimeUnit.SECONDS);
    }

    void stop() {
        if (interval != null) {
            interval.cancel(false);
        }
    }

    /** The table holds another set now. */
    void update(HostTable table) {
        hosts = table.current();
        int most = hosts.stream().mapToInt(Host::index).max().orElse(-1);
        boolean[] now = new boolean[most + 1];
        hosts.forEach(host -> now[host.index()] = isOurs(host));
        ours = now;
    }

    /** How much of its fair share our zone may have: 0 to 1. */
    double fitness() {
        return fitness;
    }

    private boolean isOurs(Host host) {
        Optional<String> zone = host.endpoint().zone();
        return zone.isPresent()
                && zone.get().equals(context.topology().current().zone());
    }

    private void compare() {
        own.collect(inFlight(own));
        others.collect(inFlight(others));
        if (!own.isTelling() || !others.isTelling()) {
            return;
        }
        double ratio = own.meanMicros() / others.meanMicros() * others.successRate() / own.successRate();
        double before = fitness;
        fitness = ratio > policy.loadFactor() ? Math.max(LEAST, fitness * DECREASE) : Math.min(1, fitness + INCREASE);
        own.reset();
        others.reset();
        if (fitness != before) {
            if (before == 1 || fitness == 1) {
                log.info(
                        "{}: calls to our zone {} longer than to others",
                        target,
                        fitness < 1 ? "take " + Math.round(ratio * 10) / 10.0 + " times" : "no longer take");
            }
            onChange.run();
        }
    }

    private int inFlight(Side side) {
        boolean mine = side.equals(own);
        boolean[] known = ours;
        return hosts.stream()
                .filter(host -> known[host.index()] == mine)
                .mapToInt(Host::inFlight)
                .sum();
    }
}
