package io.serviceresolver.http;

import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.call.Lease;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends one request once an endpoint was picked for it, without blocking anybody. */
final class AsyncCall<T> {

    private final HttpRequest request;
    private final Sender<T> sender;
    private final Cancellation cancellation = new Cancellation();
    private final CallFuture<HttpResponse<T>> future = new CallFuture<>(cancellation);

    /** What the caller gets. Written by the thread on which the exchange ended, before it completes the future. */
    private volatile @Nullable HttpResponse<T> answer;

    private AsyncCall(HttpRequest request, Sender<T> sender) {
        this.request = request;
        this.sender = sender;
    }

    /**
     * Begins a call.
     *
     * @param request as the caller wrote it
     * @param picked completes when an endpoint was picked; it is never cancelled, lest a lease be lost
     * @param sender sends the request to that endpoint
     * @return what to give the caller
     */
    static <T> CompletableFuture<HttpResponse<T>> begin(
            HttpRequest request, CompletableFuture<Lease> picked, Sender<T> sender) {
        AsyncCall<T> call = new AsyncCall<>(request, sender);
        call.future.whenComplete(call::completed);
        picked.whenComplete(call::picked);
        return call.future;
    }

    /**
     * Ends a call whose future the caller has completed by itself, as {@code orTimeout} does: nobody can get the response
     * any more, and whether the exchange would ever end is for the Pod and the JDK to say. A future that was cancelled
     * has seen to that, or was to let the exchange go on.
     */
    private void completed(@Nullable HttpResponse<T> response, @Nullable Throwable failure) {
        if (failure != null && !(failure instanceof CancellationException)) {
            cancellation.cancel(failure);
        } else if (failure == null && (response == null || response != answer)) {
            cancellation.cancel(new CancellationException());
        }
    }

    private void picked(Lease lease, Throwable failure) {
        if (failure != null) {
            Throwable cause = CallFailures.unwrapped(failure);
            future.completeExceptionally(
                    cause instanceof NoEndpointsException none ? CallFailures.noEndpoints(none) : cause);
            return;
        }
        PodCall call = new PodCall(request, lease);
        Throwable givenUp = cancellation.begins(call);
        if (givenUp != null) {
            call.givenUp(givenUp);
            future.completeExceptionally(new CancellationException("cancelled before it was sent"));
            return;
        }
        try {
            CompletableFuture<HttpResponse<T>> exchange = sender.send(call);
            exchange.whenComplete((response, broken) -> ended(call, response, broken));
            cancellation.sent(exchange);
        } catch (IOException | RuntimeException | Error e) {
            call.failed(e);
            future.completeExceptionally(e);
        }
    }

    private void ended(PodCall call, HttpResponse<T> response, Throwable failure) {
        if (failure != null) {
            Throwable cause = CallFailures.unwrapped(failure);
            call.failed(cause);
            future.completeExceptionally(cause);
        } else {
            HttpResponse<T> answered = call.answered(response);
            answer = answered;
            if (!future.complete(answered)) {
                call.abandon();
            }
        }
    }

    /** Sends a request. */
    @FunctionalInterface
    interface Sender<T> {
        CompletableFuture<HttpResponse<T>> send(PodCall call) throws IOException;
    }
}
