package io.serviceresolver;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The calls to one service, through whichever handle: how they ended, and what follows from that. Thread-safe. */
final class FeedCalls {

    private final Target target;
    private final SourceContext context;
    private final Executor callbacks;
    private final RetryPolicy policy;
    private final RetryBudget retries;
    private final OutcomeCounters outcomes = new OutcomeCounters();
    private final FeedHealth health;

    FeedCalls(Target target, ResolverConfig config, SourceContext context, Executor callbacks, FeedHealth health) {
        this.target = target;
        this.context = context;
        this.callbacks = callbacks;
        this.policy = config.retries();
        this.retries = new RetryBudget(policy);
        this.health = health;
    }

    /** A call begins: since when, if it is to be timed; else zero. */
    long began(Host host) {
        return health.isTimed(host) ? now() | 1 : 0;
    }

    /** A call has ended that began then. */
    void ended(Host host, Outcome outcome, long began) {
        outcomes.increment(outcome);
        if (began != 0 && outcome == Outcome.SUCCESS) {
            host.health().recordLatency(now() - began);
        }
        health.ended(host, outcome);
    }

    Target target() {
        return target;
    }

    OutcomeCounters outcomes() {
        return outcomes;
    }

    RetryBudget retries() {
        return retries;
    }

    RetryPolicy policy() {
        return policy;
    }

    FeedHealth health() {
        return health;
    }

    RandomGenerator random() {
        return context.random();
    }

    long now() {
        return context.ticker().getAsLong();
    }

    /** Runs a task on the executor for callbacks, some time later, unless it is cancelled before. */
    Future<?> later(Duration wait, Runnable task) {
        try {
            return context.scheduler().schedule(() -> callbacks.execute(task), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw ServiceFeed.closed(target);
        }
    }
}
