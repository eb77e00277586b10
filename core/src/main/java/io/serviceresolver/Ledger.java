package io.serviceresolver;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Balancer.Interest;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Outcome;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of all calls to one service: how they ended, and which balancers are told of them. */
final class Ledger {

    private final OutcomeCounters outcomes = new OutcomeCounters();
    private final LongSupplier ticker;
    private final FeedHealth health;
    private final FeedRouting routing;

    /** The balancers to tell. Written by the event loop. */
    private volatile Balancer[] told = {};

    /** Whether one of them wants to know how long calls take. Written by the event loop. */
    private volatile boolean timed;

    Ledger(LongSupplier ticker, FeedHealth health, FeedRouting routing) {
        this.ticker = ticker;
        this.health = health;
        this.routing = routing;
    }

    /** Tells these balancers from now on, as far as they are interested, and no others. */
    void tell(Stream<Balancer> balancers) {
        Balancer[] interested = balancers
                .filter(balancer -> balancer.interest() != Interest.NONE)
                .toArray(Balancer[]::new);
        timed = Stream.of(interested).anyMatch(balancer -> balancer.interest() == Interest.LATENCY);
        told = interested;
    }

    OutcomeCounters outcomes() {
        return outcomes;
    }

    FeedHealth health() {
        return health;
    }

    /** Whether a call that begins there now is to be timed: each, where a balancer wants to know, else one in a few. */
    boolean isTimed(Host at) {
        return timed || health.isTimed(at);
    }

    long now() {
        return ticker.getAsLong();
    }

    void begun(Candidate at, @Nullable Balancer knows) {
        for (Balancer balancer : told) {
            if (balancer != knows) {
                balancer.begun(at);
            }
        }
    }

    void ended(Host at, Outcome outcome, long latencyNanos) {
        outcomes.increment(outcome);
        health.ended(at, outcome, latencyNanos);
        routing.ended(at, outcome, latencyNanos);
        for (Balancer balancer : told) {
            balancer.ended(at, outcome, latencyNanos);
        }
    }
}
