package io.serviceresolver.k8s;

import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler's thread, and its time. What is asked of it after it was shut down does not happen; what a task throws is
 * logged, as nobody looks at what becomes of it. Thread-safe.
 */
final class Loop {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private final SourceContext context;

    Loop(SourceContext context) {
        this.context = context;
    }

    long now() {
        return context.ticker().getAsLong();
    }

    /** Runs a task soon, after those given before. */
    void run(Runnable task) {
        tryRun(context.scheduler(), logged(task));
    }

    static void tryRun(Executor scheduler, Runnable task) {
        try {
            scheduler.execute(task);
        } catch (RejectedExecutionException e) {
            // Its owner ended it: there is nobody left to tell.
        }
    }

    /** Runs a task later, unless it is cancelled before. */
    Future<?> after(Duration wait, Runnable task) {
        try {
            return context.scheduler().schedule(logged(task), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                log.error("an unexpected failure", e);
                throw e;
            }
        };
    }

    /** Takes a task back, if there is one. */
    static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
