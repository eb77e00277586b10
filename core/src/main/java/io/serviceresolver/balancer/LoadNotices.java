package io.serviceresolver.balancer;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The nodes whose counts changed since they were last looked at, each of them once: a stack without a lock (R. K. Treiber,
 * "Systems Programming: Coping with Parallelism", IBM RJ 5118, 1986), emptied as a whole. A node's own reference is its link
 * to the one below, itself at the bottom, and null while it is in no stack.
 */
final class LoadNotices {

    /** Pushed by whoever changed a count, emptied by whoever has the balancer's lock. */
    private final AtomicReference<@Nullable LoadNode> top = new AtomicReference<>();

    /** Whether a change of this node will be seen by whoever empties the stack next. */
    static boolean isNoted(LoadNode node) {
        return node.get() != null;
    }

    /** Notes that a node's count changed. To be called after it did. */
    void add(LoadNode node) {
        if (!node.compareAndSet(null, node)) {
            return;
        }
        while (true) {
            LoadNode below = top.get();
            node.set(below == null ? node : below);
            if (top.compareAndSet(below, node)) {
                return;
            }
        }
    }

    /** Lets all noted nodes follow their counts. */
    void settle() {
        LoadNode node = top.get() == null ? null : top.getAndSet(null);
        while (node != null) {
            LoadNode below = node.get();
            LoadNode next = below == node ? null : below;
            // Before the count is read: a change that comes after is noted anew.
            node.set(null);
            node.follow();
            node = next;
        }
    }
}
