package io.serviceresolver;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a resolver: one for the event loop; and as many as callbacks and active health checks are running, gone
 * when idle. All are daemons.
 */
final class ResolverThreads {

    private static final long IDLE_SECONDS = 10;
    private static final long LOOP_END_MILLIS = 1_000;
    private static final long OTHERS_END_MILLIS = 500;

    private static final Logger log = LoggerFactory.getLogger(ResolverThreads.class);

    private final ScheduledExecutorService scheduler;
    private final ExecutorService callbacks;
    private final ExecutorService checks;
    private final Ownership ownership;

    /** Whose the scheduler is. */
    private enum Ownership {
        OURS,
        GIVEN
    }

    private ResolverThreads(ScheduledExecutorService scheduler, Ownership ownership) {
        this.scheduler = scheduler;
        this.ownership = ownership;
        this.callbacks = asNeeded("service-resolver-callback");
        this.checks = asNeeded("service-resolver-check");
    }

    private static ExecutorService asNeeded(String name) {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new DaemonThreads(name));
    }

    static ResolverThreads own() {
        return new ResolverThreads(new ResolverScheduler(), Ownership.OURS);
    }

    /** With a scheduler that its owner shuts down. */
    static ResolverThreads on(ScheduledExecutorService scheduler) {
        return new ResolverThreads(scheduler, Ownership.GIVEN);
    }

    ScheduledExecutorService scheduler() {
        return scheduler;
    }

    ExecutorService callbacks() {
        return callbacks;
    }

    /** As many threads as are asked for: whoever does bounds them. */
    ExecutorService checks() {
        return checks;
    }

    /** Takes no more tasks. What was submitted comes to its end. */
    void shutdown() {
        if (ownership == Ownership.OURS) {
            scheduler.shutdown();
        }
        callbacks.shutdown();
        checks.shutdown();
    }

    /**
     * Waits for the threads to end after {@link #shutdown}, for two seconds in all, or until interrupted; a scheduler that was
     * given is not ours. What has not come to its end by then does so without us: what closes the resolver is among it.
     */
    void awaitEnd() {
        if (ownership == Ownership.GIVEN) {
            return;
        }
        try {
            boolean closed = scheduler.awaitTermination(LOOP_END_MILLIS, TimeUnit.MILLISECONDS)
                    && callbacks.awaitTermination(OTHERS_END_MILLIS, TimeUnit.MILLISECONDS)
                    && checks.awaitTermination(OTHERS_END_MILLIS, TimeUnit.MILLISECONDS);
            log.debug("all threads have ended: {}", closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
