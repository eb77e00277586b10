package io.serviceresolver;

import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call that is made, and made again, without blocking anybody. Attempts follow one another, on whatever thread; a hedge
 * goes on beside one of them.
 */
final class AsyncAttempts<T> {

    private final FeedCalls calls;
    private final Attempts attempts;
    private final CallOptions options;
    private final Function<? super Endpoint, ? extends CompletionStage<T>> call;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** The attempts under way. Guarded by this. */
    private final List<AsyncAttempt<T>> underWay = new ArrayList<>(1);

    /** How many attempts were begun. Guarded by this. */
    private int begun;

    /** Whether time was over before there was a result. Written by whoever completes the result. */
    private volatile boolean late;

    /** The wait before the next attempt. Guarded by this. */
    private @Nullable Future<?> pause;

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
        attempts.remaining().ifPresent(limit -> untilDone(calls.later(limit, this::timeOut)));
        // However the result comes about, what is under way then is of no use any more.
        result.whenComplete((value, failure) -> {
            late = failure instanceof TimeoutException;
            cancelAll();
        });
        attempt();
        return result;
    }

    private void untilDone(Future<?> timer) {
        result.whenComplete((value, failure) -> timer.cancel(false));
    }

    private void timeOut() {
        result.completeExceptionally(new TimeoutException(
                calls.target() + ": no result within " + options.timeout().toMillis() + " ms"));
    }

    private void attempt() {
        attempts.acquireAsync().whenComplete((lease, failure) -> {
            if (lease == null) {
                result.completeExceptionally(Failures.unwrapped(failure));
            } else if (call(lease) == 1) {
                attempts.hedgeAfter().ifPresent(wait -> untilDone(calls.later(wait, this::hedge)));
            }
        });
    }

    /** Makes the call a second time, unless it waits for that anyway. */
    private void hedge() {
        boolean waits;
        synchronized (this) {
            waits = underWay.isEmpty();
        }
        if (!waits && !result.isDone()) {
            attempts.hedge().ifPresent(this::call);
        }
    }

    /** Begins an attempt, unless the call is over: which one of the call it is, or zero. */
    private int call(Lease lease) {
        if (result.isDone()) {
            lease.complete(Outcome.CANCELLED);
            return 0;
        }
        AsyncAttempt<T> attempt = AsyncAttempt.begin(lease, call);
        int number;
        synchronized (this) {
            number = ++begun;
            underWay.add(attempt);
        }
        if (!options.attemptTimeout().isZero()) {
            attempt.limit(calls.later(
                    options.attemptTimeout(), () -> attempt.timeOut(calls.target(), options.attemptTimeout())));
        }
        attempt.future().whenComplete((value, failure) -> ended(attempt, value, failure));
        if (result.isDone()) {
            cancelAll();
        }
        return number;
    }

    private void ended(AsyncAttempt<T> attempt, T value, @Nullable Throwable failure) {
        boolean last;
        synchronized (this) {
            underWay.remove(attempt);
            last = underWay.isEmpty();
        }
        if (failure == null) {
            attempt.lease().success();
            if (!result.isDone()) {
                attempts.next(Outcome.SUCCESS, Duration.ZERO);
            }
            result.complete(value);
            return;
        }
        Throwable cause = attempt.reason(Failures.unwrapped(failure));
        Outcome outcome = Failures.outcome(options, cause);
        attempt.lease().complete(outcome);
        boolean another = !last && outcome != Outcome.CANCELLED && outcome != Outcome.UNREPORTED;
        if (!another) {
            failed(cause, outcome);
        }
    }

    private void failed(Throwable cause, Outcome outcome) {
        Optional<Duration> wait = result.isDone() ? Optional.empty() : attempts.next(outcome, Duration.ZERO);
        if (wait.isEmpty()) {
            result.completeExceptionally(cause);
        } else {
            again(wait.get());
        }
    }

    private void again(Duration wait) {
        CompletableFuture<Void> next = attempts.pause(wait);
        synchronized (this) {
            pause = next;
        }
        if (result.isDone()) {
            next.cancel(true);
        }
        next.whenComplete((nothing, failure) -> {
            if (failure == null) {
                attempt();
            } else {
                result.completeExceptionally(Failures.unwrapped(failure));
            }
        });
    }

    private void cancelAll() {
        List<AsyncAttempt<T>> unwanted;
        Future<?> wait;
        synchronized (this) {
            unwanted = List.copyOf(underWay);
            wait = pause;
        }
        // The leases first: what is cancelled here says nothing of its endpoint, but that time was over for it.
        unwanted.forEach(attempt -> attempt.cancel(late ? Outcome.TIMEOUT : Outcome.CANCELLED));
        if (wait != null) {
            wait.cancel(true);
        }
    }
}
