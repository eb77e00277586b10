package io.serviceresolver;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Balancer.Interest;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What is known of all calls to one service: how they ended, and which balancers are told of them. */
final class Ledger {

    private final OutcomeCounters outcomes = new OutcomeCounters();
    private final SilentCallers silent;
    private final LongSupplier ticker;
    private final FeedHealth health;
    private final FeedRouting routing;
    private final boolean judged;
    private final boolean zoned;

    /** The balancer to tell, which may stand for several; null where none is interested. Written by the event loop. */
    private volatile @Nullable Balancer told;

    /** Whether one of them wants to know how long calls take. Written by the event loop. */
    private volatile boolean timed;

    Ledger(Target target, LongSupplier ticker, FeedHealth health, FeedRouting routing) {
        this.silent = new SilentCallers(target, outcomes);
        this.ticker = ticker;
        this.health = health;
        this.routing = routing;
        this.judged = health.isEnabled();
        this.zoned = routing.isLoadAware();
    }

    /** Tells these balancers from now on, as far as they are interested, and no others. */
    void tell(List<Balancer> balancers) {
        List<Balancer> interested = new ArrayList<>();
        boolean anyTimed = false;
        for (Balancer balancer : balancers) {
            Interest interest = balancer.interest();
            if (interest != Interest.NONE) {
                interested.add(balancer);
                anyTimed |= interest == Interest.LATENCY;
            }
        }
        timed = anyTimed;
        if (interested.size() < 2) {
            told = interested.isEmpty() ? null : interested.get(0);
        } else {
            told = new ToldBalancers(List.copyOf(interested));
        }
    }

    /** Looks at what was counted, now and then. Event loop only. */
    void look() {
        if (judged) {
            silent.look();
        }
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
        Balancer now = told;
        if (now instanceof ToldBalancers several) {
            several.begun(at, knows);
        } else if (now != null && now != knows) {
            now.begun(at);
        }
    }

    void ended(Host at, Outcome outcome, long latencyNanos) {
        if (judged) {
            health.ended(at, outcome, latencyNanos);
        }
        if (zoned) {
            routing.ended(at, outcome, latencyNanos);
        }
        Balancer now = told;
        if (now != null) {
            now.ended(at, outcome, latencyNanos);
        }
    }
}
