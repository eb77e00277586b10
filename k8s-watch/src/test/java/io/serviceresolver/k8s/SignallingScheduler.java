package io.serviceresolver.k8s;

import io.serviceresolver.testkit.VirtualTime;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Virtual time that tells when a task was handed over by another thread, so that a test can wait for it. */
final class SignallingScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    final Semaphore handedOver = new Semaphore(0);
    final AtomicInteger count = new AtomicInteger();
    private final Thread owner = Thread.currentThread();
    private final VirtualTime time;

    SignallingScheduler(VirtualTime time) {
        this.time = time;
    }

    @Override
    public void execute(Runnable task) {
        time.execute(task);
        if (Thread.currentThread() != owner) {
            count.incrementAndGet();
            handedOver.release();
        }
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
