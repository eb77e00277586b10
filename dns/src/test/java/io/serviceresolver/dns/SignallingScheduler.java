package io.serviceresolver.dns;

import io.serviceresolver.testkit.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Virtual time that a test can wait for: until a real thread, such as one that reads packets, submits a task. */
final class SignallingScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final VirtualTime time;
    private final Semaphore submitted = new Semaphore(0);

    SignallingScheduler(VirtualTime time) {
        this.time = time;
    }

    /** Runs what is due, and what real threads submit, without moving time, until the condition holds. */
    void runUntil(String what, BooleanSupplier condition) {
        try {
            time.runDue();
            while (!condition.getAsBoolean()) {
                if (!submitted.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("waited in vain for " + what);
                }
                time.runDue();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void execute(Runnable command) {
        time.execute(command);
        submitted.release();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        ScheduledFuture<?> task = time.schedule(command, delay, unit);
        submitted.release();
        return task;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {
        time.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return time.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return time.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return time.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return time.awaitTermination(timeout, unit);
    }
}
