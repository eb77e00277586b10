package io.serviceresolver.http;

import io.serviceresolver.NoEndpointsException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request once an endpoint was picked for it, and again where that helps, or beside the first where that takes
 * long, without blocking anybody.
 */
final class AsyncCall<T> {

    private final RequestAttempts attempts;
    private final Sender<T> sender;
    private final Cancellation cancellation = new Cancellation();
    private final CallFuture<HttpResponse<T>> future = new CallFuture<>(cancellation);

    /** Whether no hedge was thought of yet. Written by the thread that sends. */
    private final AtomicBoolean unhedged = new AtomicBoolean(true);

    /** What the caller gets. Written by the thread on which the exchange ended, before it completes the future. */
    private volatile @Nullable HttpResponse<T> answer;

    /** Why the last attempt failed; null where it was answered. Written by the thread on which it ended. */
    private volatile @Nullable Throwable before;

    /** Whether the caller is about to be told that time is over. Written by the timer. */
    private volatile boolean late;

    private AsyncCall(RequestAttempts attempts, Sender<T> sender) {
        this.attempts = attempts;
        this.sender = sender;
    }

    /**
     * Begins a call.
     *
     * @param attempts none of them made yet
     * @param sender sends the request to an endpoint
     * @return what to give the caller
     */
    static <T> CompletableFuture<HttpResponse<T>> begin(RequestAttempts attempts, Sender<T> sender) {
        AsyncCall<T> call = new AsyncCall<>(attempts, sender);
        call.future.whenComplete(call::completed);
        attempts.begin(call::expire);
        call.attempt();
        return call.future;
    }

    /** Time is over: ends what is under way before that is known, so that who knows it finds nothing of it in flight. */
    private void expire(HttpTimeoutException timeout) {
        if (!future.isDone()) {
            late = true;
            cancellation.cancel(timeout);
            future.completeExceptionally(timeout);
        }
    }

    private void attempt() {
        try {
            attempts.acquireAsync().whenComplete(this::picked);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** The caller gets a failure, unless it is about to get another one. */
    private void fail(Throwable failure) {
        if (!late) {
            future.completeExceptionally(failure);
        }
    }

    /**
     * Ends a call whose future the caller has completed by itself, as {@code orTimeout} does: nobody can get the response
     * any more, and whether the exchange would ever end is for the Pod and the JDK to say. A future that was cancelled
     * has seen to that, or was to let the exchange go on.
     */
    private void completed(@Nullable HttpResponse<T> response, @Nullable Throwable failure) {
        attempts.end();
        if (failure != null && !(failure instanceof CancellationException)) {
            cancellation.cancel(failure);
        } else if (failure == null && (response == null || response != answer)) {
            cancellation.cancel(new CancellationException());
        }
    }

    private void picked(PodCall call, Throwable failure) {
        if (failure != null) {
            Throwable cause = CallFailures.unwrapped(failure);
            Throwable obstacle = cause instanceof NoEndpointsException none ? CallFailures.noEndpoints(none) : cause;
            CallFailures.show(obstacle, before);
            fail(obstacle);
            return;
        }
        send(call);
        if (unhedged.compareAndSet(true, false)) {
            attempts.hedgeAfter().ifPresent(this::hedgeAfter);
        }
    }

    private void send(PodCall call) {
        Throwable givenUp = cancellation.begins(call);
        if (givenUp != null) {
            call.lose();
            fail(new CancellationException("cancelled before it was sent"));
            return;
        }
        if (call.exchange().isUnwanted()) {
            failed(call, call.reason(new CancellationException("another attempt was answered")));
            return;
        }
        try {
            CompletableFuture<HttpResponse<T>> exchange = sender.send(call);
            call.exchange().begin(() -> exchange.cancel(true));
            exchange.whenComplete((response, broken) -> ended(call, response, broken));
        } catch (IOException | RuntimeException | Error e) {
            failed(call, e);
        }
    }

    private void hedgeAfter(Duration wait) {
        CompletableFuture<Void> pause = attempts.pauseBeforeHedge(wait);
        cancellation.follow(pause);
        // Not cancelled, as of a deadline: that costs more than the wait.
        future.whenComplete((response, failure) -> pause.complete(null));
        pause.thenRun(() -> {
            if (!future.isDone()) {
                attempts.hedge().ifPresent(this::send);
            }
        });
    }

    private void ended(PodCall call, HttpResponse<T> response, Throwable failure) {
        Optional<Duration> wait = call.again();
        if (failure != null) {
            failed(call, call.reason(CallFailures.unwrapped(failure)));
        } else if (wait.isPresent()) {
            repeat(wait.get(), null);
        } else if (!call.isLost()) {
            HttpResponse<T> answered = call.answered(response);
            answer = answered;
            if (late || !future.complete(answered)) {
                call.abandon();
            }
        }
    }

    private void failed(PodCall call, Throwable failure) {
        call.failed(failure);
        Optional<Duration> wait = call.again();
        if (wait.isPresent()) {
            repeat(wait.get(), failure);
        } else if (!call.isLost()) {
            fail(failure instanceof IOException last ? attempts.failed().explained(last) : failure);
        }
    }

    private void repeat(Duration wait, @Nullable Throwable last) {
        before = last;
        CompletableFuture<Void> pause = attempts.pause(wait);
        cancellation.follow(pause);
        pause.whenComplete((over, failure) -> {
            if (failure != null) {
                Throwable obstacle = CallFailures.unwrapped(failure);
                CallFailures.show(obstacle, last);
                fail(obstacle);
            } else if (!future.isDone()) {
                attempt();
            }
        });
    }

    /** Sends a request. */
    @FunctionalInterface
    interface Sender<T> {
        CompletableFuture<HttpResponse<T>> send(PodCall call) throws IOException;
    }
}
