package io.serviceresolver.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends to hosts that are no services what follows from a call, for no longer than the call may take. */
final class OtherHosts {

    private final HttpClient client;

    OtherHosts(HttpClient client) {
        this.client = client;
    }

    <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, CallTime time)
            throws IOException, InterruptedException {
        try {
            return client.send(timed(request, time), timed(handler, time));
        } catch (IOException e) {
            throw time.reason(e);
        }
    }

    <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler, CallTime time) {
        return client.sendAsync(timed(request, time), timed(handler, time));
    }

    <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes, CallTime time) {
        return client.sendAsync(timed(request, time), timed(handler, time), pushes);
    }

    /** The client sees to it that the head is there in time. */
    private static HttpRequest timed(HttpRequest request, CallTime time) {
        return CallLimits.shortest(time.left(), request.timeout())
                .map(left -> HttpRequest.newBuilder(request, (name, value) -> true)
                        .timeout(left)
                        .build())
                .orElse(request);
    }

    private static <T> BodyHandler<T> timed(BodyHandler<T> handler, CallTime time) {
        return time.isLimited() ? head -> TimedBody.of(handler.apply(head), time) : handler;
    }
}
