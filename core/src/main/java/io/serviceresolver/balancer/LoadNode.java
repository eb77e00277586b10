package io.serviceresolver.balancer;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a balancer keeps of a candidate: where it stands in a {@link LoadOrder}. It is a link of {@link LoadNotices}. */
final class LoadNode extends AtomicReference<@Nullable LoadNode> {

    private static final long serialVersionUID = 1L;

    private final transient Candidate candidate;

    /** The order it stands in; null where it stands in none. Written, as what follows, by whoever has the balancer's lock. */
    transient @Nullable LoadOrder order;

    /** Its number in the order. */
    transient int number;

    /** Whether it is to stand in an order when the balancer's changes are made. */
    transient boolean wanted;

    LoadNode(Candidate candidate) {
        this.candidate = candidate;
    }

    Candidate candidate() {
        return candidate;
    }

    /** Moves it to where it belongs by the calls in flight now. */
    void follow() {
        if (order != null) {
            order.follow(number, candidate.inFlight());
        }
    }
}
