package io.serviceresolver;

import io.serviceresolver.endpoint.Target;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/** Hands tasks to the event loop of a resolver, whatever moment it ends at. */
final class EventLoop {

    private EventLoop() {}

    /**
     * Has the event loop run a task: where this returns, it will.
     *
     * @param of what the task is about
     * @throws IllegalStateException if the resolver is closed; the task may run all the same
     */
    static void execute(ScheduledExecutorService loop, Target of, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            throw ServiceFeed.closed(of);
        }
        if (loop.isShutdown()) {
            // A ScheduledThreadPoolExecutor drops without a word what it is handed at the moment at which it ends.
            throw ServiceFeed.closed(of);
        }
    }
}
