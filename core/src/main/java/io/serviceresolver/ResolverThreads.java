package io.serviceresolver;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a resolver: one for the event loop; and as many as callbacks and active health checks are running, gone
 * when idle. All are daemons.
 */
final class ResolverThreads {

    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_SECONDS = 2;

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

    /** Waits for the threads to end after {@link #shutdown}, for a short while; a scheduler that was given is not ours. */
    void awaitEnd() {
        if (ownership == Ownership.OURS) {
            await(scheduler);
            await(callbacks);
            await(checks);
        }
    }

    private static void await(ExecutorService executor) {
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
