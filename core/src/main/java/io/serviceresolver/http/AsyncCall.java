package io.serviceresolver.http;

import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.call.Lease;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Sends one request once an endpoint was picked for it, without blocking anybody. */
final class AsyncCall<T> {

    private final HttpRequest request;
    private final Sender<T> sender;
    private final Cancellation cancellation = new Cancellation();
    private final CallFuture<HttpResponse<T>> future = new CallFuture<>(cancellation);

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
        picked.whenComplete(call::picked);
        return call.future;
    }

    private void picked(Lease lease, Throwable failure) {
        if (failure != null) {
            Throwable cause = CallFailures.unwrapped(failure);
            future.completeExceptionally(
                    cause instanceof NoEndpointsException none ? CallFailures.noEndpoints(none) : cause);
            return;
        }
        PodCall call = new PodCall(request, lease);
        if (!cancellation.begins(call)) {
            call.cancelled();
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
        } else if (!future.complete(call.answered(response))) {
            call.abandon();
        }
    }

    /** Sends a request. */
    @FunctionalInterface
    interface Sender<T> {
        CompletableFuture<HttpResponse<T>> send(PodCall call) throws IOException;
    }
}
