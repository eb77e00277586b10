package io.serviceresolver;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loop of a resolver: one daemon thread. What a task throws is logged, as nobody waits for it. */
final class ResolverScheduler extends ScheduledThreadPoolExecutor {

    private static final Logger log = LoggerFactory.getLogger(ResolverScheduler.class);

    /** Written by the thread itself. */
    private volatile @Nullable Thread thread;

    ResolverScheduler() {
        super(1, new DaemonThreads("service-resolver"));
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    protected void beforeExecute(Thread by, Runnable task) {
        thread = by;
    }

    /** Whether the caller is the event loop itself. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
        Throwable failure = thrown == null ? failureOf(task) : thrown;
        if (failure instanceof RejectedExecutionException && isShutdown()) {
            log.debug("a task of the event loop was at work when the resolver was closed", failure);
        } else if (failure != null) {
            log.error("a task of the event loop failed: please report this", failure);
        }
    }

    private static @Nullable Throwable failureOf(Runnable task) {
        if (task instanceof Future<?> future && future.isDone()) {
            try {
                future.get();
            } catch (ExecutionException e) {
                return e.getCause();
            } catch (CancellationException e) {
                return null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return null;
    }
}
