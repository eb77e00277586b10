package io.serviceresolver.k8s;

import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The scheduler's thread, and its time. What is asked of it after it was shut down does not happen. Thread-safe. */
final class Loop {

    private final SourceContext context;

    Loop(SourceContext context) {
        this.context = context;
    }

    long now() {
        return context.ticker().getAsLong();
    }

    /** Runs a task soon, after those given before. */
    void run(Runnable task) {
        tryRun(context.scheduler(), task);
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
            return context.scheduler().schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Takes a task back, if there is one. */
    static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
