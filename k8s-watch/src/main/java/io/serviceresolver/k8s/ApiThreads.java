package io.serviceresolver.k8s;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which requests are made and answers read, so that the resolver's own thread is never kept: two at most,
 * daemons, gone after a while without work. Thread-safe.
 */
final class ApiThreads implements Executor {

    private static final int MOST = 2;
    private static final long IDLE_SECONDS = 30;
    private static final long IDLE_AT_THE_END_SECONDS = 1;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            MOST,
            MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DaemonThreads("service-resolver-watch"));

    ApiThreads() {
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /**
     * Lets them go as soon as they have no work. They are not shut down: an answer that is still on its way has to be
     * taken, for its connection to be closed.
     */
    void release() {
        threads.setKeepAliveTime(IDLE_AT_THE_END_SECONDS, TimeUnit.SECONDS);
    }
}
