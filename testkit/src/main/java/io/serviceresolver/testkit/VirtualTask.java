package io.serviceresolver.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A task of {@link VirtualTime}. Its time and place in the queue are guarded by the lock of its owner. */
final class VirtualTask<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

    private final VirtualTime owner;
    private final long periodNanos;
    long dueNanos;
    long sequence;

    VirtualTask(VirtualTime owner, Callable<V> action, long dueNanos, long periodNanos, long sequence) {
        super(action);
        this.owner = owner;
        this.dueNanos = dueNanos;
        this.periodNanos = periodNanos;
        this.sequence = sequence;
    }

    @Override
    public void run() {
        if (!isPeriodic()) {
            super.run();
        } else if (runAndReset()) {
            owner.again(this, periodNanos);
        }
    }

    @Override
    public boolean isPeriodic() {
        return periodNanos > 0;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueNanos - owner.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
