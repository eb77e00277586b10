package io.serviceresolver.check;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.Target;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of one service. For the resolver. Confined to the event loop, but for the figures, which all threads may ask
 * for.
 */
public final class ServiceChecks {

    private static final Logger log = LoggerFactory.getLogger(ServiceChecks.class);

    /** How long changes are gathered, as each one has all handles choose anew. */
    private static final long GATHER_MILLIS = 50;

    private static final double JITTER = 0.1;
    private static final double FIRST_OF_UNHEALTHY = 0.1;

    private final CheckRunner runner;
    private final Target target;
    private final HealthCheck check;
    private final Runnable onChange;

    private final LongAdder passed = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /** How many endpoints are unhealthy. Written by the event loop. */
    private final AtomicInteger unhealthy = new AtomicInteger();

    private int endpoints;
    private boolean changed;

    ServiceChecks(CheckRunner runner, Target target, HealthCheck check, Runnable onChange) {
        this.runner = runner;
        this.target = target;
        this.check = check;
        this.onChange = onChange;
    }

    /**
     * An endpoint that is to be checked, from when it is started.
     *
     * @param endpoint what is known of it when it is asked
     * @return its check
     */
    public EndpointCheck add(Supplier<Endpoint> endpoint) {
        if (endpoints++ == 0) {
            runner.begun();
        }
        EndpointCheck added = new EndpointCheck(this, endpoint);
        if (added.isUnhealthy()) {
            unhealthy.incrementAndGet();
        }
        return added;
    }

    /** Whether an endpoint that was not asked yet is unhealthy. */
    public boolean isUnhealthyAtFirst() {
        return check.thresholds().isUnhealthyAtFirst();
    }

    /** How many endpoints are unhealthy now. */
    public int unhealthy() {
        return unhealthy.get();
    }

    /** How many checks passed: the number never falls. */
    public long passed() {
        return passed.sum();
    }

    /** How many checks failed: the number never falls. */
    public long failed() {
        return failed.sum();
    }

    CheckRunner runner() {
        return runner;
    }

    HealthCheck check() {
        return check;
    }

    /** What the service is called; null where it has no name. */
    @Nullable
    String name() {
        return target instanceof ServiceName service ? service.qualified() + ".svc" : null;
    }

    /** How long to wait before the first check of an endpoint, in nanoseconds. */
    long firstWait() {
        double share = isUnhealthyAtFirst() ? FIRST_OF_UNHEALTHY : 1;
        return (long) (interval() * share * runner.random().nextDouble());
    }

    /** How long to wait before the next one. */
    long nextWait() {
        return (long) (interval() * (1 - JITTER + 2 * JITTER * runner.random().nextDouble()));
    }

    private double interval() {
        return Math.max((double) TimeUnit.NANOSECONDS.convert(check.interval()), runner.leastInterval(endpoints));
    }

    void checked(EndpointCheck one, ProbeResult result, Verdict verdict) {
        (result instanceof ProbeResult.Failed ? failed : passed).increment();
        log.debug("{}: {}: {}", target, one.endpoint(), result);
        if (verdict == Verdict.AS_BEFORE) {
            return;
        }
        if (one.isUnhealthy()) {
            unhealthy.incrementAndGet();
            log.info("{}: {} is unhealthy: {}", target, one.endpoint(), one.reason());
        } else {
            unhealthy.decrementAndGet();
            log.info("{}: {} is healthy: a check passed", target, one.endpoint());
        }
        if (!changed) {
            changed = true;
            runner.loop().schedule(this::tell, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void tell() {
        changed = false;
        if (endpoints > 0) {
            onChange.run();
        }
    }

    void stopped(EndpointCheck one) {
        if (one.isUnhealthy()) {
            unhealthy.decrementAndGet();
        }
        if (--endpoints == 0) {
            runner.ended();
        }
    }

    /** What a result does to the verdict. */
    enum Verdict {
        AS_BEFORE,
        CHANGED
    }
}
