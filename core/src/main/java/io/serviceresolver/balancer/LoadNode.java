package io.serviceresolver.balancer;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a balancer keeps of a candidate: where it stands in the {@link LoadOrder}. It is a link of {@link LoadNotices}. */
final class LoadNode extends AtomicReference<@Nullable LoadNode> {

    private static final long serialVersionUID = 1L;

    private final transient Candidate candidate;

    /** The order it stands in; null where it stands in none. Written, as all below, by whoever has the balancer's lock. */
    transient @Nullable LoadOrder order;

    /** Its number in the order, which stays. */
    transient int number;

    /** Its place in the order. */
    transient int place;

    /** How many calls in flight it is taken to have. */
    transient int count;

    LoadNode(Candidate candidate) {
        this.candidate = candidate;
    }

    Candidate candidate() {
        return candidate;
    }

    /** Moves it to where it belongs by the calls in flight now. */
    void follow() {
        if (order != null) {
            order.follow(this);
        }
    }
}
