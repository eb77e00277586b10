package io.serviceresolver.k8s;

import io.serviceresolver.testkit.VirtualTime;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Virtual time that tells when a task was handed over by another thread, so that a test can wait for it. */
final class SignallingScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    final Semaphore handedOver = new Semaphore(0);
    private final Thread owner = Thread.currentThread();
    private final VirtualTime time;

    /** Guarded by the lock of this object. */
    private int count;

    SignallingScheduler(VirtualTime time) {
        this.time = time;
    }

    @Override
    public void execute(Runnable task) {
        if (Thread.currentThread() == owner) {
            time.execute(task);
            return;
        }
        synchronized (this) {
            // In one step: what the test can see of a task has been counted.
            time.execute(task);
            count++;
        }
        handedOver.release();
    }

    /** How many tasks were handed over by other threads. */
    synchronized int count() {
        return count;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return time.schedule(task, delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return time.schedule(task, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return time.scheduleAtFixedRate(task, initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        return time.scheduleWithFixedDelay(task, initialDelay, delay, unit);
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
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return time.awaitTermination(timeout, unit);
    }
}
