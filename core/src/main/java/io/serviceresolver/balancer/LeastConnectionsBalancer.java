package io.serviceresolver.balancer;

import io.serviceresolver.call.Outcome;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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

    /** Where candidates are found by their index. Written by {@link #update}. */
    private volatile @Nullable LoadNode[] byIndex = {};

    /** The candidates of the last update, and their nodes. For {@link #update} only. */
    private Candidate[] order = {};

    private LoadNode[] nodes = {};

    /** What to choose from without the lock. Written by {@link #update}. */
    private volatile RandomChoices unordered;

    /** What to hold instead: put by {@link #update}, taken by whoever has the lock next. */
    private final AtomicReference<LoadNode @Nullable []> replacement = new AtomicReference<>();

    /** Guarded by the lock. */
    private final LoadClasses classes;

    /**
     * How many changes were followed since the last choice. Written with the lock, read without: what is hardly ever asked
     * had better note the changes, each node once.
     */
    private int unused;

    LeastConnectionsBalancer(BalancerContext context) {
        this.context = context;
        this.random = context.random();
        this.classes = new LoadClasses(context);
        this.unordered = new RandomChoices(order, 2, context);
    }

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        Candidate[] now = candidates.toArray(new Candidate[0]);
        nodes = replace(now, Span.between(order, now));
        order = now;
        unordered = new RandomChoices(now, 2, context);
        // The counts are read after the nodes can be found: of a change that comes later, they are told.
        replacement.set(nodes);
        if (lock.tryAcquire()) {
            try {
                settle();
            } finally {
                lock.release();
            }
        }
        return this;
    }

    /** Finds or makes the nodes of candidates, in their order; looks only at those that stand elsewhere than before. */
    private LoadNode[] replace(Candidate[] now, Span other) {
        LoadNode[] made = other.copyAround(nodes, new LoadNode[now.length]);
        for (int i = other.start(); i < other.end(); i++) {
            LoadNode known = find(now[i]);
            made[i] = known == null ? new LoadNode(now[i]) : known;
        }
        byIndex = other.place(byIndex, order, now, made);
        return made;
    }

    private @Nullable LoadNode find(Candidate candidate) {
        @Nullable LoadNode[] nodes = byIndex;
        int index = candidate.index();
        LoadNode node = index < nodes.length ? nodes[index] : null;
        return node != null && node.candidate() == candidate ? node : null;
    }

    /** With the lock: all that happened so far counts. */
    private void settle() {
        if (replacement.get() != null) {
            LoadNode[] nodes = replacement.getAndSet(null);
            if (nodes != null) {
                classes.hold(nodes);
            }
        }
        changed.settle();
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
        changed(at);
    }

    @Override
    public void ended(Candidate at, Outcome outcome, long latencyNanos) {
        changed(at);
    }

    private void changed(Candidate candidate) {
        LoadNode node = find(candidate);
        if (node == null || LoadNotices.isNoted(node)) {
            return;
        }
        if (unused > MOST_UNUSED || !lock.tryAcquire()) {
            changed.add(node);
            return;
        }
        try {
            node.follow();
            unused++;
        } finally {
            lock.release();
        }
    }
}
