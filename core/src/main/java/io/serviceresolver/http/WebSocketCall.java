package io.serviceresolver.http;

import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Opens one WebSocket, at another Pod where one cannot take it. */
final class WebSocketCall {

    private final Attempts attempts;
    private final WebSocket.Listener listener;
    private final Opener opener;
    private final CompletableFuture<WebSocket> future = new CompletableFuture<>();

    private WebSocketCall(Attempts attempts, WebSocket.Listener listener, Opener opener) {
        this.attempts = attempts;
        this.listener = listener;
        this.opener = opener;
    }

    /**
     * Begins to open.
     *
     * @param attempts none of them made yet
     * @param limit how long that may take; empty: as long as it takes
     * @param opener opens a WebSocket to an endpoint
     * @return what to give the caller
     */
    static CompletableFuture<WebSocket> begin(
            Attempts attempts, Optional<Duration> limit, WebSocket.Listener listener, Opener opener) {
        WebSocketCall call = new WebSocketCall(attempts, listener, opener);
        Deadline deadline = Deadline.begin(attempts, limit, call.future::completeExceptionally);
        call.future.whenComplete((socket, failure) -> deadline.cancel());
        call.attempt();
        return call.future;
    }

    private void attempt() {
        try {
            attempts.acquireAsync().whenComplete(this::picked);
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
        }
    }

    private void picked(Lease lease, Throwable failure) {
        if (failure != null) {
            Throwable cause = CallFailures.unwrapped(failure);
            future.completeExceptionally(
                    cause instanceof NoEndpointsException none ? CallFailures.noEndpoints(none) : cause);
            return;
        }
        if (future.isDone()) {
            lease.complete(Outcome.CANCELLED);
            return;
        }
        PodListener shown = new PodListener(listener, lease);
        try {
            opener.open(lease.endpoint(), shown).whenComplete((socket, refused) -> {
                if (refused != null) {
                    refused(lease, CallFailures.unwrapped(refused));
                } else if (!future.complete(shown.shown(socket))) {
                    shown.shown(socket).abort();
                }
            });
            // The client's own future cannot be cancelled: the WebSocket is aborted when it is there.
            future.whenComplete((socket, givenUp) -> {
                if (givenUp != null) {
                    lease.complete(givenUp instanceof HttpTimeoutException ? Outcome.TIMEOUT : Outcome.CANCELLED);
                }
            });
        } catch (IOException | RuntimeException e) {
            lease.close();
            future.completeExceptionally(e);
        }
    }

    private void refused(Lease lease, Throwable failure) {
        int status = failure instanceof WebSocketHandshakeException answered
                ? answered.getResponse().statusCode()
                : 0;
        Outcome outcome = status == 0 ? CallFailures.outcome(failure) : outcome(status);
        lease.complete(outcome);
        boolean repeats = status == 0 || StatusCodes.isPassing(status);
        Optional<Duration> wait =
                repeats && !future.isDone() ? attempts.next(outcome, retryAfter(failure)) : Optional.empty();
        wait.ifPresentOrElse(this::repeat, () -> future.completeExceptionally(failure));
    }

    private static Outcome outcome(int status) {
        return StatusCodes.isServerError(status) ? Outcome.SERVER_ERROR : Outcome.SUCCESS;
    }

    private static Duration retryAfter(Throwable failure) {
        return failure instanceof WebSocketHandshakeException answered
                ? RetryAfter.of(answered.getResponse().headers())
                : Duration.ZERO;
    }

    private void repeat(Duration wait) {
        attempts.pause(wait).whenComplete((over, failure) -> {
            if (failure != null) {
                future.completeExceptionally(CallFailures.unwrapped(failure));
            } else {
                attempt();
            }
        });
    }

    /** Opens a WebSocket. */
    @FunctionalInterface
    interface Opener {
        CompletableFuture<WebSocket> open(Endpoint pod, WebSocket.Listener listener) throws IOException;
    }
}
