package io.serviceresolver;

import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call that is made, and made again, without blocking anybody. Attempts follow one another, on whatever thread. */
final class AsyncAttempts<T> {

    private final FeedCalls calls;
    private final Attempts attempts;
    private final CallOptions options;
    private final Function<? super Endpoint, ? extends CompletionStage<T>> call;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** What is under way now: an attempt, or the wait before the next one. Guarded by this. */
    private @Nullable Future<?> current;

    AsyncAttempts(
            FeedCalls calls,
            Attempts attempts,
            CallOptions options,
            Function<? super Endpoint, ? extends CompletionStage<T>> call) {
        this.calls = calls;
        this.attempts = attempts;
        this.options = options;
        this.call = call;
    }

    CompletableFuture<T> start() {
        attempts.remaining().ifPresent(limit -> {
            Future<?> timer = calls.later(limit, this::timeOut);
            result.whenComplete((value, failure) -> timer.cancel(false));
        });
        // However the result comes about, what is under way then is of no use any more.
        result.whenComplete((value, failure) -> cancelCurrent());
        attempt();
        return result;
    }

    private void timeOut() {
        result.completeExceptionally(new TimeoutException(
                calls.target() + ": no result within " + options.timeout().toMillis() + " ms"));
    }

    private void attempt() {
        attempts.acquireAsync().whenComplete((lease, failure) -> {
            if (lease == null) {
                result.completeExceptionally(Failures.unwrapped(failure));
            } else if (result.isDone()) {
                lease.complete(Outcome.CANCELLED);
            } else {
                call(lease);
            }
        });
    }

    private void call(Lease lease) {
        CompletableFuture<T> attempt;
        try {
            attempt = call.apply(lease.endpoint()).toCompletableFuture();
        } catch (RuntimeException | Error e) {
            attempt = CompletableFuture.failedFuture(e);
        }
        hold(attempt);
        attempt.whenComplete((value, failure) -> ended(lease, value, failure));
    }

    private void ended(Lease lease, T value, @Nullable Throwable failure) {
        if (failure == null) {
            lease.success();
            attempts.next(Outcome.SUCCESS, Duration.ZERO);
            result.complete(value);
            return;
        }
        Throwable cause = Failures.unwrapped(failure);
        Outcome outcome = outcome(cause);
        lease.complete(outcome);
        Optional<Duration> wait = result.isDone() ? Optional.empty() : attempts.next(outcome, Duration.ZERO);
        if (wait.isEmpty()) {
            result.completeExceptionally(cause);
        } else {
            again(wait.get());
        }
    }

    private void again(Duration wait) {
        CompletableFuture<Void> pause = attempts.pause(wait);
        hold(pause);
        pause.whenComplete((nothing, failure) -> {
            if (failure == null) {
                attempt();
            } else {
                result.completeExceptionally(Failures.unwrapped(failure));
            }
        });
    }

    /** How an attempt ended: one that was cancelled because time was over did not end in time. */
    private Outcome outcome(Throwable failure) {
        Outcome outcome = Failures.outcome(options, failure);
        boolean late = outcome == Outcome.CANCELLED && result.isCompletedExceptionally() && !result.isCancelled();
        return late ? Outcome.TIMEOUT : outcome;
    }

    private void hold(Future<?> now) {
        synchronized (this) {
            current = now;
        }
        if (result.isDone()) {
            now.cancel(true);
        }
    }

    private void cancelCurrent() {
        Future<?> now;
        synchronized (this) {
            now = current;
        }
        if (now != null) {
            now.cancel(true);
        }
    }
}
