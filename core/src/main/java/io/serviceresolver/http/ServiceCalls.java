package io.serviceresolver.http;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.call.CallOptions.Repeatable;
import io.serviceresolver.endpoint.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends requests to services: each to a Pod that is picked for it, by the client that may speak to that Pod. */
final class ServiceCalls implements ServiceSender {

    private static final String HTTP = "http";
    private static final String HTTPS = "https";

    private final PodClients plain;
    private final boolean absolute;
    private final ServiceClients made;
    private final ServiceResolver resolver;
    private final PodRequests requests;
    private final WrappedClient settings;
    private final ServiceHttpOptions options;
    private final CallLimits limits;

    /**
     * Sends nothing yet.
     *
     * @param client sends without TLS, if the options say nothing else; follows nothing, keeps no cookies and so on
     * @param made those that are made besides
     * @param resolver picks the endpoints
     * @param options how to send
     */
    ServiceCalls(HttpClient client, ServiceClients made, ServiceResolver resolver, ServiceHttpOptions options) {
        this.settings = WrappedClient.of(client);
        this.made = made;
        this.resolver = resolver;
        this.options = options;
        this.limits = options.limits();
        this.requests = PodRequests.toPods(client.version());
        this.absolute = options.isAbsoluteForm();
        this.plain = absolute ? made.absolute() : made.plain(client);
    }

    /** The handle whose endpoints calls to a service go to. */
    ServiceHandle handle(ServiceName service) {
        return resolver.service(service);
    }

    @Override
    public <T> HttpResponse<T> send(ServiceName service, HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return send(service, request, handler, null);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            ServiceName service, HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(service, request, handler, (CallTime) null);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            ServiceName service, HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        return sendAsync(service, request, handler, pushes, null);
    }

    /** What belongs to the thread of a caller that calls now. */
    CallersContext context() {
        return options.context();
    }

    /** The time for a call to a service, which begins now. */
    CallTime time(ServiceName service, HttpRequest request) {
        return limits.untilEnd(request)
                .map(limit -> CallTime.begin(resolver.service(service), limit))
                .orElse(CallTime.UNLIMITED);
    }

    /**
     * Sends a request.
     *
     * @param time null: a time of its own, which begins now
     */
    <T> HttpResponse<T> send(ServiceName service, HttpRequest request, BodyHandler<T> handler, @Nullable CallTime time)
            throws IOException, InterruptedException {
        Objects.requireNonNull(handler, "handler");
        if (limits.hedging() != null) {
            return SyncCall.await(sendAsync(service, request, handler, time));
        }
        Route route = route(service, request);
        RequestAttempts attempts = attempts(service, request, Repeatable.IDEMPOTENT, time);
        return SyncCall.send(attempts, call -> {
            HttpRequest wire = wireRequest(call, route);
            return route.send(call.endpoint(), client -> SyncCall.exchange(call, client, wire, handler));
        });
    }

    <T> CompletableFuture<HttpResponse<T>> sendAsync(
            ServiceName service, HttpRequest request, BodyHandler<T> handler, @Nullable CallTime time) {
        Objects.requireNonNull(handler, "handler");
        return begin(
                service,
                request,
                Repeatable.IDEMPOTENT,
                time,
                (client, wire, call) -> client.sendAsync(wire, call.counting(client, handler)));
    }

    <T> CompletableFuture<HttpResponse<T>> sendAsync(
            ServiceName service,
            HttpRequest request,
            BodyHandler<T> handler,
            @Nullable PushPromiseHandler<T> pushes,
            @Nullable CallTime time) {
        Objects.requireNonNull(handler, "handler");
        // A handler that has seen what was pushed is not to see it again.
        Repeatable repeatable = pushes == null ? Repeatable.IDEMPOTENT : Repeatable.NO;
        return begin(service, request, repeatable, time, (client, wire, call) -> {
            PushPromiseHandler<T> shown = pushes == null ? null : new ServicePushes<>(pushes, call);
            return client.sendAsync(wire, call.counting(client, handler), shown);
        });
    }

    private <T> CompletableFuture<HttpResponse<T>> begin(
            ServiceName service,
            HttpRequest request,
            Repeatable repeatable,
            @Nullable CallTime time,
            Exchange<T> exchange) {
        Route route;
        RequestAttempts attempts;
        CallersContext context;
        try {
            context = context();
            route = route(service, request);
            attempts = attempts(service, request, repeatable, time);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return AsyncCall.begin(
                attempts,
                call -> context.send(() -> {
                    HttpRequest wire = wireRequest(call, route);
                    return route.begin(call.endpoint(), client -> exchange.begin(client, wire, call));
                }));
    }

    private RequestAttempts attempts(
            ServiceName service, HttpRequest request, Repeatable repeatable, @Nullable CallTime time) {
        CallTime running = time == null ? time(service, request) : time;
        return new RequestAttempts(resolver.service(service), request, repeatable, limits, running);
    }

    /** Asked before an endpoint is picked, so that what it throws costs no lease. */
    private Route route(ServiceName service, HttpRequest request) {
        String scheme = request.uri().getScheme();
        if (HTTPS.equalsIgnoreCase(scheme)) {
            PodRelays relays = made.relays();
            return relays == null
                    ? Route.byAddress(service, made.tls(service), requests)
                    : new Route(service, made.tls(service), PodRequests.by(relays), made.pods(), relays);
        }
        if (HTTP.equalsIgnoreCase(scheme)) {
            return absolute
                    ? new Route(service, plain, PodRequests.toService(), made.pods(), null)
                    : Route.byAddress(service, plain, requests);
        }
        throw new IllegalArgumentException("uri: scheme " + scheme + " (expected: http or https)");
    }

    private HttpRequest wireRequest(PodCall call, Route route) throws IOException {
        URI pod =
                PodRequests.withAuthority(call.request().uri(), call.endpoint().authority());
        try {
            settings.requireDirect(pod);
        } catch (IOException | RuntimeException e) {
            call.callersFault();
            throw e;
        }
        return call.rewrittenBy(route.requests(), pod);
    }

    /** Begins what a call is for. */
    @FunctionalInterface
    private interface Exchange<T> {
        CompletableFuture<HttpResponse<T>> begin(HttpClient client, HttpRequest wire, PodCall call);
    }
}
