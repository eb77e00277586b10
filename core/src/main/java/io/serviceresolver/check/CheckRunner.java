package io.serviceresolver.check;

import io.serviceresolver.endpoint.Target;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All checks of one resolver: no more of them at a time, and no more of them a second, than are bearable where there are
 * many endpoints. For the resolver; users give a {@link HealthCheck} to its builder. Confined to the event loop, but for
 * what is said to be for all threads.
 */
public final class CheckRunner {

    private static final Logger log = LoggerFactory.getLogger(CheckRunner.class);

    private static final double CHECKS_PER_SECOND = 200;

    private final HealthChecks checks;
    private final ScheduledExecutorService loop;
    private final Executor threads;
    private final RandomGenerator random;

    private final FairQueue<ServiceChecks, EndpointCheck> due = new FairQueue<>();
    private int inFlight;
    private int services;

    /**
     * Starts with nobody to check.
     *
     * @param checks which services are checked, and how
     * @param loop the event loop
     * @param threads where checks may block: as many threads as there are checks
     * @param random for jitter
     */
    public CheckRunner(HealthChecks checks, ScheduledExecutorService loop, Executor threads, RandomGenerator random) {
        this.checks = checks;
        this.loop = loop;
        this.threads = threads;
        this.random = random;
    }

    /**
     * The checks of a service, none made yet. For all threads.
     *
     * @param service the service
     * @param onChange told on the event loop, a moment after a verdict changed
     * @return the checks; empty if it is not to be checked
     */
    public Optional<ServiceChecks> service(Target service, Runnable onChange) {
        return checks.of(service).map(check -> new ServiceChecks(this, service, check, onChange));
    }

    ScheduledExecutorService loop() {
        return loop;
    }

    Executor threads() {
        return threads;
    }

    RandomGenerator random() {
        return random;
    }

    /** Runs a task on the event loop. For all threads. */
    void post(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("a check ended after the resolver");
        }
    }

    /** A service has endpoints to be checked from now on. */
    void begun() {
        services++;
    }

    /** A service has none any more. */
    void ended() {
        services--;
    }

    /** How long a service with so many endpoints takes at least to have each of them checked, in nanoseconds. */
    double leastInterval(int endpoints) {
        return endpoints * services / CHECKS_PER_SECOND * 1e9;
    }

    /** Checks this endpoint when it is its turn. */
    void submit(EndpointCheck check) {
        due.add(check.service(), check);
        drain();
    }

    /** Does not check it, if it was to be. */
    void withdraw(EndpointCheck check) {
        due.remove(check.service(), check);
    }

    /** A check that was in flight is over. */
    void released() {
        inFlight--;
        drain();
    }

    private void drain() {
        while (inFlight < checks.maxInFlight()) {
            EndpointCheck next = due.poll();
            if (next == null) {
                return;
            }
            if (next.begin()) {
                inFlight++;
            }
        }
    }
}
