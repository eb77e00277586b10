package io.serviceresolver.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until a test moves it: the clock and the timers in one. A task never runs while it is being
 * scheduled or executed, only inside {@link #runDue} and {@link #advance}, on the thread that calls them, in the order
 * of their times and, at equal times, of their submission. Thread-safe: tasks may be submitted by any thread.
 */
public final class VirtualTime extends AbstractExecutorService implements ScheduledExecutorService {

    private final Object lock = new Object();
    private final PriorityQueue<VirtualTask<?>> tasks = new PriorityQueue<>(VirtualTime::inOrder);
    private long nowNanos;
    private long submitted;
    private boolean shutdown;

    /** Time that starts at zero. */
    public VirtualTime() {
        this(0);
    }

    /**
     * Time that starts at any moment, such as just before the nanosecond counter overflows.
     *
     * @param startNanos what {@link #nanoTime} returns at first
     */
    public VirtualTime(long startNanos) {
        this.nowNanos = startNanos;
    }

    /** The current time in nanoseconds, as {@link System#nanoTime} would tell it. */
    public long nanoTime() {
        synchronized (lock) {
            return nowNanos;
        }
    }

    /** Runs what is due now, and what becomes due at once by that, until nothing more is: the number of tasks run. */
    public int runDue() {
        return advance(Duration.ZERO);
    }

    /**
     * Moves time on, and runs each task at its own time on the way.
     *
     * @param duration how far
     * @return the number of tasks run
     */
    public int advance(Duration duration) {
        long end = nanoTime() + duration.toNanos();
        int run = 0;
        for (VirtualTask<?> task = nextUntil(end); task != null; task = nextUntil(end)) {
            task.run();
            run++;
        }
        synchronized (lock) {
            nowNanos = end;
        }
        return run;
    }

    /** How many tasks wait for their time. */
    public int pending() {
        synchronized (lock) {
            tasks.removeIf(VirtualTask::isCancelled);
            return tasks.size();
        }
    }

    /** How long it is until the first of the tasks that wait; empty if none does. */
    public Optional<Duration> untilNext() {
        synchronized (lock) {
            tasks.removeIf(VirtualTask::isCancelled);
            return Optional.ofNullable(tasks.peek()).map(next -> Duration.ofNanos(next.dueNanos - nowNanos));
        }
    }

    private @Nullable VirtualTask<?> nextUntil(long endNanos) {
        synchronized (lock) {
            VirtualTask<?> next = tasks.peek();
            while (next != null && next.isCancelled()) {
                tasks.remove();
                next = tasks.peek();
            }
            if (next == null || next.dueNanos - endNanos > 0) {
                return null;
            }
            tasks.remove();
            if (next.dueNanos - nowNanos > 0) {
                nowNanos = next.dueNanos;
            }
            return next;
        }
    }

    private <V> VirtualTask<V> submit(Callable<V> action, long delayNanos, long periodNanos) {
        synchronized (lock) {
            if (shutdown) {
                throw new RejectedExecutionException("virtual time was shut down");
            }
            VirtualTask<V> task =
                    new VirtualTask<>(this, action, nowNanos + Math.max(0, delayNanos), periodNanos, submitted++);
            tasks.add(task);
            return task;
        }
    }

    /** Compares by differences, as the counter of nanoseconds may overflow. */
    private static int inOrder(VirtualTask<?> one, VirtualTask<?> other) {
        int byTime = Long.signum(one.dueNanos - other.dueNanos);
        return byTime != 0 ? byTime : Long.compare(one.sequence, other.sequence);
    }

    void again(VirtualTask<?> task, long delayNanos) {
        synchronized (lock) {
            if (!shutdown) {
                task.dueNanos = nowNanos + delayNanos;
                task.sequence = submitted++;
                tasks.add(task);
            }
        }
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(callable(command), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return submit(callable, unit.toNanos(delay), 0);
    }

    /** As {@link #scheduleWithFixedDelay}: a task takes no time here. */
    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return scheduleWithFixedDelay(command, initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return submit(callable(command), unit.toNanos(initialDelay), unit.toNanos(delay));
    }

    private static Callable<Void> callable(Runnable command) {
        return () -> {
            command.run();
            return null;
        };
    }

    @Override
    public void shutdown() {
        shutdownNow();
    }

    @Override
    public List<Runnable> shutdownNow() {
        synchronized (lock) {
            shutdown = true;
            List<Runnable> left = new ArrayList<>(tasks);
            tasks.clear();
            return left;
        }
    }

    @Override
    public boolean isShutdown() {
        synchronized (lock) {
            return shutdown;
        }
    }

    @Override
    public boolean isTerminated() {
        return isShutdown();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isShutdown();
    }
}
