package io.serviceresolver.k8s;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which requests are made and answers read, so that the resolver's own thread is never kept: two at most,
 * daemons, gone after a while without work. Thread-safe.
 */
final class ApiThreads implements Executor {

    private static final int MOST = 2;
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "service-resolver-watch");
                thread.setDaemon(true);
                return thread;
            });

    ApiThreads() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs a task, unless they were stopped. */
    @Override
    public void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            // Stopped: whoever waits for the task was told so.
        }
    }

    void stop() {
        threads.shutdownNow();
    }
}
