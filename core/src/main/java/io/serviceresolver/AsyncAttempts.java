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
import java.util.concurrent.TimeUnit;
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

    /** What is said of the attempts under way once the result is known, or about to be. Guarded by this. */
    private @Nullable Outcome ending;

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
        attempts.remaining().ifPresent(limit -> limit(result, limit, this::timeOut));
        // Who cancels the result wants nothing that is under way either.
        result.whenComplete((value, failure) -> endAll(Outcome.CANCELLED));
        attempt(null);
        return result;
    }

    /** Runs a task after a while, unless something has ended by then. Once the resolver is closed, nothing runs out any more. */
    private void limit(CompletableFuture<T> what, Duration wait, Runnable task) {
        Future<?> timer;
        try {
            timer = calls.later(wait, () -> safely(task));
        } catch (IllegalStateException closed) {
            return;
        }
        what.whenComplete((value, failure) -> timer.cancel(false));
    }

    private void timeOut() {
        endAll(Outcome.TIMEOUT);
        long millis = TimeUnit.MILLISECONDS.convert(options.timeout());
        result.completeExceptionally(new TimeoutException(calls.target() + ": no result within " + millis + " ms"));
    }

    /** A future swallows what its callbacks throw, and a timer what its task throws: nobody would ever end the call. */
    private void safely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /**
     * Makes an attempt.
     *
     * @param before why the one before it failed; null where it is the first one
     */
    private void attempt(@Nullable Throwable before) {
        CompletableFuture<Lease> picked = pick();
        // Time may be over while it waits.
        if (!picked.isDone()) {
            result.whenComplete((value, failure) -> picked.cancel(false));
        }
        picked.whenComplete((lease, failure) -> safely(() -> picked(lease, failure, before)));
    }

    private void picked(@Nullable Lease lease, Throwable failure, @Nullable Throwable before) {
        if (lease == null) {
            result.completeExceptionally(Failures.last(before, Failures.unwrapped(failure)));
        } else if (call(lease) == 1) {
            attempts.hedgeAfter().ifPresent(wait -> limit(result, wait, this::hedge));
        }
    }

    private CompletableFuture<Lease> pick() {
        try {
            return attempts.acquireAsync();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Makes the call a second time, unless it waits for that anyway. */
    private void hedge() {
        boolean useful;
        synchronized (this) {
            useful = ending == null && !underWay.isEmpty();
        }
        if (useful) {
            attempts.hedge().ifPresent(this::call);
        }
    }

    /** Begins an attempt, unless the call is over: which one of the call it is, or zero. */
    private int call(Lease lease) {
        if (ending() != null) {
            lease.complete(Outcome.CANCELLED);
            return 0;
        }
        AsyncAttempt<T> attempt = AsyncAttempt.begin(lease, call);
        int number;
        synchronized (this) {
            number = ++begun;
            underWay.add(attempt);
        }
        Duration limit = options.attemptTimeout();
        if (!limit.isZero()) {
            limit(attempt.future(), limit, () -> attempt.timeOut(calls.target(), limit));
        }
        attempt.future().whenComplete((value, failure) -> safely(() -> ended(attempt, value, failure)));
        Outcome meanwhile = ending();
        if (meanwhile != null) {
            attempt.cancel(meanwhile);
        }
        return number;
    }

    private void ended(AsyncAttempt<T> attempt, T value, @Nullable Throwable failure) {
        boolean last;
        boolean late;
        synchronized (this) {
            underWay.remove(attempt);
            last = underWay.isEmpty();
            late = ending != null;
        }
        if (failure == null) {
            attempt.lease().success();
            if (!late) {
                attempts.next(Outcome.SUCCESS, Duration.ZERO);
            }
            endAll(Outcome.CANCELLED);
            result.complete(value);
            return;
        }
        Throwable cause = attempt.reason(Failures.unwrapped(failure));
        Outcome outcome = calls.failures().read(options, cause);
        attempt.lease().complete(outcome);
        boolean another = !last && isOfEndpoint(outcome);
        if (!late && !another) {
            failed(cause, outcome);
        }
    }

    /** Whether the endpoint is to blame, so that another one may do better. */
    private static boolean isOfEndpoint(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS, CANCELLED, UNREPORTED -> false;
            case SERVER_ERROR, CONNECT_FAILED, IO_ERROR, TIMEOUT -> true;
        };
    }

    private void failed(Throwable cause, Outcome outcome) {
        Optional<Duration> wait = attempts.next(outcome, Duration.ZERO);
        if (wait.isEmpty()) {
            endAll(Outcome.CANCELLED);
            result.completeExceptionally(cause);
        } else {
            again(wait.get(), cause);
        }
    }

    private void again(Duration wait, Throwable before) {
        CompletableFuture<Void> next = attempts.pause(wait);
        synchronized (this) {
            pause = next;
        }
        if (ending() != null) {
            next.cancel(true);
        }
        next.whenComplete((nothing, failure) -> safely(() -> waited(before, failure)));
    }

    private void waited(Throwable before, @Nullable Throwable failure) {
        if (failure == null) {
            attempt(before);
        } else if (ending() == null) {
            result.completeExceptionally(Failures.last(before, Failures.unwrapped(failure)));
        }
    }

    private synchronized @Nullable Outcome ending() {
        return ending;
    }

    /**
     * Ends what is under way, before the result is made known: whoever has the result finds no call of it in flight.
     *
     * @param outcome what is said of it, as it did nothing wrong but, perhaps, to take too long
     */
    private void endAll(Outcome outcome) {
        List<AsyncAttempt<T>> unwanted;
        Future<?> wait;
        synchronized (this) {
            if (ending == null) {
                ending = outcome;
            }
            unwanted = List.copyOf(underWay);
            wait = pause;
        }
        unwanted.forEach(attempt -> attempt.cancel(outcome));
        if (wait != null) {
            wait.cancel(true);
        }
    }
}
