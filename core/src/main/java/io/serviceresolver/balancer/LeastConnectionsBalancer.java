package io.serviceresolver.balancer;

import io.serviceresolver.call.Outcome;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one with the fewest calls in flight in relation to its weight, ties broken uniformly at random. Choosing and counting
 * are one step, under a lock that is held for some nanoseconds: the candidates stand in the order of their counts.
 *
 * <p>Counts that change elsewhere, because a call ends or another handle of the service begins one, are followed at once
 * where that is possible without waiting, and otherwise noted, and followed before the next choice. While the owner of
 * the lock is kept from going on, others choose the less loaded of two at random.
 *
 * <p>Its picker is the balancer itself: what was noted before an update still holds after it.
 */
final class LeastConnectionsBalancer implements Balancer, Picker {

    /** How many changes are followed at once without a choice in between. */
    private static final int MOST_UNUSED = 1_024;

    private final BalancerContext context;
    private final RandomGenerator random;
    private final PatientLock lock = new PatientLock();
    private final LoadNotices changed = new LoadNotices();

    /** What to choose from without the lock. Written by {@link #update}. */
    private volatile RandomChoices unordered;

    /** What to hold instead: put by {@link #update}, taken by whoever has the lock next. */
    private final AtomicReference<Candidate @Nullable []> replacement = new AtomicReference<>();

    /** Guarded by the lock. */
    private final LoadClasses classes;

    /** What {@link #classes} does, with the lock. */
    private final IntConsumer follow;

    /**
     * How many changes were followed since the last choice. Written with the lock, read without: what is hardly ever asked
     * had better note the changes, each candidate once.
     */
    private int unused;

    LeastConnectionsBalancer(BalancerContext context) {
        this.context = context;
        this.random = context.random();
        this.classes = new LoadClasses(context);
        this.follow = classes::follow;
        this.unordered = new RandomChoices(new Candidate[0], 2, context);
    }

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        Candidate[] now = candidates.toArray(new Candidate[0]);
        unordered = new RandomChoices(now, 2, context);
        replacement.set(now);
        if (lock.tryAcquire()) {
            try {
                settle();
            } finally {
                lock.release();
            }
        }
        return this;
    }

    /** With the lock: all that happened so far counts. */
    private void settle() {
        if (replacement.get() != null) {
            Candidate[] now = replacement.getAndSet(null);
            if (now != null) {
                classes.hold(now);
            }
        }
        changed.settle(follow);
    }

    @Override
    public Candidate begin() {
        if (!lock.tryAcquire()) {
            Candidate chosen = unordered.pick(random);
            chosen.begin();
            return chosen;
        }
        try {
            settle();
            unused = 0;
            return classes.begin(this);
        } finally {
            lock.release();
        }
    }

    @Override
    public Candidate pick() {
        if (!lock.tryAcquire()) {
            return unordered.pick(random);
        }
        try {
            settle();
            unused = 0;
            return classes.pick();
        } finally {
            lock.release();
        }
    }

    @Override
    public Interest interest() {
        return Interest.CALLS;
    }

    @Override
    public void begun(Candidate at) {
        changed(at.index());
    }

    @Override
    public void ended(Candidate at, Outcome outcome, long latencyNanos) {
        changed(at.index());
    }

    private void changed(int index) {
        if (unused > MOST_UNUSED || !tryAcquireFor(index)) {
            changed.add(index);
            return;
        }
        try {
            classes.follow(index);
            unused++;
        } finally {
            lock.release();
        }
    }

    /** Does not wait where the change has been noted already. */
    private boolean tryAcquireFor(int index) {
        return lock.tryAcquireAtOnce() || (!changed.isNoted(index) && lock.tryAcquire());
    }
}
