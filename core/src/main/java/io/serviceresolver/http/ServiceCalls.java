package io.serviceresolver.http;

import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.call.Lease;
import io.serviceresolver.endpoint.ServiceName;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends requests to services: each to a Pod that is picked for it, by the client that may speak to that Pod. */
final class ServiceCalls {

    private static final String HTTP = "http";
    private static final String HTTPS = "https";

    private final HttpClient plain;
    private final TlsClients tls;
    private final ServiceResolver resolver;
    private final PodRequests requests;
    private final WrappedClient settings;

    /**
     * Checks the client.
     *
     * @param client for requests without TLS
     * @param tls for those with TLS
     * @param resolver picks the endpoints
     * @throws IllegalArgumentException if the client has a setting that it cannot have for calls to services
     */
    ServiceCalls(HttpClient client, TlsClients tls, ServiceResolver resolver) {
        this.settings = WrappedClient.require(client);
        this.plain = client;
        this.tls = tls;
        this.resolver = resolver;
        this.requests = new PodRequests(client.version());
    }

    <T> HttpResponse<T> send(ServiceName service, HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        Objects.requireNonNull(handler, "handler");
        HttpClient client = client(service, request);
        PodCall call = new PodCall(request, acquire(resolver.service(service)));
        try {
            return call.answered(client.send(wireRequest(call), call.counting(handler)));
        } catch (Throwable e) {
            call.failed(e);
            throw e;
        }
    }

    <T> CompletableFuture<HttpResponse<T>> sendAsync(ServiceName service, HttpRequest request, BodyHandler<T> handler) {
        Objects.requireNonNull(handler, "handler");
        return begin(service, request, (client, call) -> client.sendAsync(wireRequest(call), call.counting(handler)));
    }

    <T> CompletableFuture<HttpResponse<T>> sendAsync(
            ServiceName service, HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        Objects.requireNonNull(handler, "handler");
        return begin(service, request, (client, call) -> {
            PushPromiseHandler<T> shown = pushes == null ? null : new ServicePushes<>(pushes, call);
            return client.sendAsync(wireRequest(call), call.counting(handler), shown);
        });
    }

    private <T> CompletableFuture<HttpResponse<T>> begin(
            ServiceName service, HttpRequest request, Exchange<T> exchange) {
        HttpClient client;
        CompletableFuture<Lease> picked;
        try {
            client = client(service, request);
            picked = resolver.service(service).acquireAsync();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return AsyncCall.begin(request, picked, call -> exchange.begin(client, call));
    }

    private static Lease acquire(ServiceHandle service) throws IOException, InterruptedException {
        try {
            return service.acquire();
        } catch (NoEndpointsException e) {
            throw CallFailures.noEndpoints(e);
        } catch (CancellationException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw e;
        }
    }

    /** Asked before an endpoint is picked, so that what it throws costs no lease. */
    private HttpClient client(ServiceName service, HttpRequest request) {
        String scheme = request.uri().getScheme();
        if (HTTPS.equalsIgnoreCase(scheme)) {
            return tls.of(service);
        }
        if (HTTP.equalsIgnoreCase(scheme)) {
            return plain;
        }
        throw new IllegalArgumentException("uri: scheme " + scheme + " (expected: http or https)");
    }

    private HttpRequest wireRequest(PodCall call) throws IOException {
        HttpRequest wire = call.rewrittenBy(requests);
        try {
            settings.requireDirect(wire.uri());
        } catch (IOException | RuntimeException e) {
            call.callersFault();
            throw e;
        }
        return wire;
    }

    /** Begins what a call is for. */
    @FunctionalInterface
    private interface Exchange<T> {
        CompletableFuture<HttpResponse<T>> begin(HttpClient client, PodCall call) throws IOException;
    }
}
