package io.serviceresolver;

import io.serviceresolver.call.RetryPolicy;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What calls to one service are made with, besides endpoints: time, chance, and when to try again. Thread-safe. */
final class FeedCalls {

    private final Target target;
    private final SourceContext context;
    private final Executor callbacks;
    private final RetryPolicy policy;
    private final Retries retries;
    private final FailureReader failures;

    /** How long calls take, once somebody wants to know. Written by the first who does. */
    private volatile @Nullable Latencies latencies;

    /** The waits that are under way. Each is added by who begins it, and removed when it is over. */
    private final Set<CompletableFuture<Void>> pauses = ConcurrentHashMap.newKeySet();

    /** Whether the resolver is closed, after which no timer fires. Written by the event loop. */
    private volatile boolean closed;

    /**
     * For one port of a service.
     *
     * @param budget how many retries all ports of the service can bear together
     */
    FeedCalls(Target target, ResolverConfig config, SourceContext context, Executor callbacks, RetryBudget budget) {
        this.target = target;
        this.context = context;
        this.callbacks = callbacks;
        this.policy = config.retries();
        this.retries = new Retries(budget);
        this.failures = new FailureReader(target);
    }

    Target target() {
        return target;
    }

    Retries retries() {
        return retries;
    }

    FailureReader failures() {
        return failures;
    }

    RetryPolicy policy() {
        return policy;
    }

    /** How long calls take that are hedged by that. */
    Latencies latencies() {
        Latencies known = latencies;
        return known == null ? begunLatencies() : known;
    }

    private synchronized Latencies begunLatencies() {
        Latencies known = latencies;
        if (known == null) {
            known = new Latencies();
            latencies = known;
        }
        return known;
    }

    RandomGenerator random() {
        return context.random();
    }

    long now() {
        return context.ticker().getAsLong();
    }

    /** Whether the event loop is our own, which goes by the time that threads go by. */
    boolean isLoopOurs() {
        return context.scheduler() instanceof ResolverScheduler;
    }

    /**
     * To be called before a thread is blocked until the event loop has done something.
     *
     * @throws IllegalStateException if it is the event loop itself, for which nothing would ever end that
     */
    void requireNotEventLoop() {
        if (context.scheduler() instanceof ResolverScheduler own && own.isCurrent()) {
            throw new IllegalStateException(
                    target + ": waited for by the resolver's own thread (expected: another thread,"
                            + " or a method that does not block, such as resolveAsync)");
        }
    }

    /** Runs a task on the executor for callbacks, some time later, unless it is cancelled before. */
    Future<?> later(Duration wait, Runnable task) {
        try {
            long nanos = TimeUnit.NANOSECONDS.convert(wait);
            return context.scheduler().schedule(() -> callbacks.execute(task), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw EventLoop.closed(target);
        }
    }

    /** Completes on the executor for callbacks when a wait is over, and fails when the resolver is closed before. */
    @SuppressWarnings("CollectionUndefinedEquality") // Each future is equal to itself, which is what is meant.
    CompletableFuture<Void> pause(Duration wait) {
        if (wait.isZero()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> pause = new CompletableFuture<>();
        Future<?> timer;
        try {
            timer = later(wait, () -> pause.complete(null));
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
        pauses.add(pause);
        pause.whenComplete((nothing, failure) -> {
            timer.cancel(false);
            pauses.remove(pause);
        });
        if (closed) {
            pause.completeExceptionally(EventLoop.closed(target));
        }
        return pause;
    }

    /** Ends all waits. */
    void close() {
        closed = true;
        pauses.forEach(pause -> callbacks.execute(() -> pause.completeExceptionally(EventLoop.closed(target))));
    }
}
