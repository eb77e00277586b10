package io.serviceresolver.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Shows the caller's push handler the requests as they would be written to the service. */
final class ServicePushes<T> implements PushPromiseHandler<T> {

    private final PushPromiseHandler<T> handler;
    private final PodCall call;

    ServicePushes(PushPromiseHandler<T> handler, PodCall call) {
        this.handler = handler;
        this.call = call;
    }

    @Override
    public void applyPushPromise(
            HttpRequest initiating,
            HttpRequest promised,
            Function<BodyHandler<T>, CompletableFuture<HttpResponse<T>>> acceptor) {
        HttpRequest shown = shown(promised);
        handler.applyPushPromise(
                call.request(),
                shown,
                body -> acceptor.apply(body)
                        .thenApply(response -> new ServiceResponse<>(response, shown, call.endpoint(), null)));
    }

    /** A promise of the Pod itself names the service instead; one for another authority stays as it is. */
    private HttpRequest shown(HttpRequest promised) {
        URI uri = promised.uri();
        if (!call.endpoint().authority().equals(uri.getRawAuthority())) {
            return promised;
        }
        return new PromisedRequest(
                promised, PodRequests.withAuthority(uri, call.request().uri().getRawAuthority()));
    }
}
