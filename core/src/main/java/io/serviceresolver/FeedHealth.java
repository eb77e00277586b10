package io.serviceresolver;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.health.EndpointHealth;
import io.serviceresolver.health.EndpointHealth.Ejection;
import io.serviceresolver.health.EndpointHealth.Interval;
import io.serviceresolver.health.OutlierDetector;
import io.serviceresolver.health.OutlierPolicy;
import io.serviceresolver.source.SourceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which endpoints of one service are left out as bad: ejected by what calls say, or by active checks. Calls are recorded by all threads; the rest is the event loop's. */
final class FeedHealth {

    private static final Logger log = LoggerFactory.getLogger(FeedHealth.class);

    private static final double NANOS_PER_SECOND = 1e9;

    /** How often counts are noted where nobody judges by them: 2^31 calls in that time are more than one endpoint gets. */
    private static final long NOTED_HOURS = 1;

    private final Target target;
    private final OutlierPolicy policy;
    private final OutlierDetector detector;
    private final SourceContext context;

    /** The hosts that would be chosen from if none were ejected. */
    private final Supplier<Collection<Host>> eligible;

    /** All hosts, also those that are not eligible now: whoever is ejected is let back whatever became of it meanwhile. */
    private final Supplier<List<Host>> all;

    /** Has all handles choose anew. */
    private final Runnable onChange;

    private final FeedChecks checks;

    private final Suspects suspects;

    private final LongAdder ejections = new LongAdder();

    /** Whether any endpoint is ejected, so that it is worth while to look. Event loop only. */
    private boolean anyEjected;

    private @Nullable Future<?> interval;
    private @Nullable Future<?> advance;

    FeedHealth(
            Target target,
            OutlierPolicy policy,
            SourceContext context,
            Supplier<Collection<Host>> eligible,
            Supplier<List<Host>> all,
            Runnable onChange,
            FeedChecks checks) {
        this.target = target;
        this.policy = policy;
        this.detector = new OutlierDetector(policy, context.random());
        this.context = context;
        this.eligible = eligible;
        this.all = all;
        this.onChange = onChange;
        this.checks = checks;
        this.suspects = new Suspects(target, context.scheduler(), this::judge);
    }

    /** Whether a call that begins now is to be timed: one in a few is. */
    boolean isTimed(Host host) {
        return policy.isEnabled() && host.isTimed();
    }

    /** Whether it matters how calls end. */
    boolean isEnabled() {
        return policy.isEnabled();
    }

    /** A call has ended; how long it took is negative where that is not known. To be called only where it matters. */
    void ended(Host host, Outcome outcome, long latencyNanos) {
        if (outcome == Outcome.SUCCESS && latencyNanos >= 0) {
            host.health().recordLatency(latencyNanos);
        }
        if (host.health().record(outcome, policy)) {
            suspects.add(host);
        }
    }

    /** How many endpoints were ejected so far. */
    long ejections() {
        return ejections.sum();
    }

    FeedChecks checks() {
        return checks;
    }

    // All below runs on the event loop.

    void start() {
        checks.start();
        if (policy.isEnabled()) {
            long nanos = TimeUnit.NANOSECONDS.convert(policy.interval());
            interval =
                    context.scheduler().scheduleWithFixedDelay(this::judgeInterval, nanos, nanos, TimeUnit.NANOSECONDS);
            advanceLater();
        } else {
            // Nobody else asks hosts for their counts before these begin anew.
            interval = context.scheduler()
                    .scheduleWithFixedDelay(
                            () -> all.get().forEach(Host::note), NOTED_HOURS, NOTED_HOURS, TimeUnit.HOURS);
        }
    }

    void stop() {
        checks.stop();
        cancel(interval);
        cancel(advance);
    }

    /** Whether a host may be called. */
    boolean isHealthy(Host host) {
        return !host.health().isEjected() && !checks.isUnhealthy(host);
    }

    /** Those of some hosts that may be called: the very list where all may. */
    List<Host> healthy(List<Host> hosts) {
        return anyEjected || checks.isEnabled() ? only(hosts, this::isHealthy) : hosts;
    }

    /** Those of some hosts that are on trial, and that checks say nothing against. */
    List<Host> onTrial(List<Host> hosts) {
        return anyEjected
                ? hosts.stream()
                        .filter(host -> host.health().trial().isPresent() && !checks.isUnhealthy(host))
                        .toList()
                : List.of();
    }

    /** Those of some hosts that are not ejected, whatever checks say: the very list where none is. */
    List<Host> notEjected(List<Host> hosts) {
        return only(hosts, host -> !host.health().isEjected());
    }

    private static List<Host> only(List<Host> hosts, Predicate<Host> wanted) {
        List<Host> kept = hosts.stream().filter(wanted).toList();
        return kept.size() == hosts.size() ? hosts : kept;
    }

    /** Why a host that is ejected is left alone. */
    String reason(Host host) {
        return host.health().ejection().map(this::reason).orElse("");
    }

    private String reason(Ejection ejection) {
        long nanos = ejection.untilNanos() - now();
        return nanos <= 0
                ? "on trial, one call at a time: " + ejection.reason()
                : String.format(
                        Locale.ROOT, "left alone for %.1f s more: %s", nanos / NANOS_PER_SECOND, ejection.reason());
    }

    private boolean judge(List<Host> some) {
        Collection<Host> hosts = eligible.get();
        long now = now();
        boolean any = detector.judge(health(some), health(hosts), now);
        if (any) {
            changed(hosts, now);
        }
        return any;
    }

    private void judgeInterval() {
        Collection<Host> hosts = eligible.get();
        List<Interval> recorded = takeIntervals(Set.copyOf(hosts));
        long now = now();
        if (detector.judgeInterval(recorded, now)) {
            changed(hosts, now);
        }
    }

    private void advance() {
        if (detector.advance(health(all.get()), now())) {
            choose();
        }
        advanceLater();
    }

    private void choose() {
        anyEjected = all.get().stream().anyMatch(host -> host.health().isEjected());
        onChange.run();
    }

    /** What is recorded of the others is of no interest, but not to be held against them when they are eligible again. */
    private List<Interval> takeIntervals(Set<Host> hosts) {
        List<Interval> recorded = new ArrayList<>();
        for (Host host : all.get()) {
            Interval interval = host.takeInterval();
            if (hosts.contains(host)) {
                recorded.add(interval);
            }
        }
        return recorded;
    }

    private void changed(Collection<Host> hosts, long now) {
        for (Host host : hosts) {
            host.health().ejection().filter(one -> one.sinceNanos() == now).ifPresent(ejection -> {
                ejections.increment();
                log.info("{}: {} is left alone: {}", target, host.endpoint(), ejection.reason());
            });
        }
        choose();
        advanceLater();
    }

    private void advanceLater() {
        cancel(advance);
        OptionalLong next = detector.nextAdvance(health(all.get()), now());
        advance = next.isPresent() ? advanceIn(next.getAsLong()) : null;
    }

    private Future<?> advanceIn(long nanos) {
        return context.scheduler().schedule(this::advance, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    private static List<EndpointHealth> health(Collection<Host> hosts) {
        return hosts.stream().map(Host::health).toList();
    }

    private long now() {
        return context.ticker().getAsLong();
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
