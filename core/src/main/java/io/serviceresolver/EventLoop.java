package io.serviceresolver;

import io.serviceresolver.endpoint.Target;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands tasks to the event loop of a resolver, whatever moment it ends at. */
final class EventLoop {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    private EventLoop() {}

    /** Has the event loop run a task that has no point where the resolver is closed. */
    static void offer(ScheduledExecutorService loop, Target of, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("{}: after the end of its resolver", of);
        }
    }

    /**
     * Has the event loop run a task after all that is due by now, and after what that has it do at once: who comes late hears the
     * answers that came meanwhile first.
     */
    static void last(ScheduledExecutorService loop, Target of, Runnable task) {
        offer(loop, of, () -> offer(loop, of, task));
    }

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
            throw closed(of);
        }
        if (loop.isShutdown()) {
            // A ScheduledThreadPoolExecutor drops without a word what it is handed at the moment at which it ends.
            throw closed(of);
        }
    }

    static IllegalStateException closed(Target of) {
        return new IllegalStateException(of + ": the resolver is closed");
    }
}
