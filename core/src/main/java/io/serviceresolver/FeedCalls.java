package io.serviceresolver;

import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** What calls to one service are made with, besides endpoints: time, chance, and when to try again. Thread-safe. */
final class FeedCalls {

    private final Target target;
    private final SourceContext context;
    private final Executor callbacks;
    private final RetryPolicy policy;
    private final RetryBudget retries;

    FeedCalls(Target target, ResolverConfig config, SourceContext context, Executor callbacks) {
        this.target = target;
        this.context = context;
        this.callbacks = callbacks;
        this.policy = config.retries();
        this.retries = new RetryBudget(policy);
    }

    Target target() {
        return target;
    }

    RetryBudget retries() {
        return retries;
    }

    RetryPolicy policy() {
        return policy;
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
