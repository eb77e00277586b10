package io.serviceresolver.http;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions.Repeatable;
import io.serviceresolver.endpoint.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Opens WebSockets to services: each to a Pod that is picked for it, by the client that may speak to that Pod. */
final class WebSocketCalls {

    private final PodClients plain;
    private final ServiceClients made;
    private final ServiceResolver resolver;
    private final WrappedClient settings;
    private final ServiceHttpOptions options;
    private final @Nullable UserAgent agent;

    /**
     * Opens nothing yet.
     *
     * @param plain sends without TLS
     * @param made those clients that are made besides
     * @param resolver picks the endpoints
     * @param options how long an opening may take, and what of its caller it knows
     * @param agent whose cookies and credentials are sent; null: none
     */
    WebSocketCalls(
            HttpClient plain,
            ServiceClients made,
            ServiceResolver resolver,
            ServiceHttpOptions options,
            @Nullable UserAgent agent) {
        this.plain = made.relays() == null ? made.plain(plain) : made.absolute();
        this.made = made;
        this.resolver = resolver;
        this.settings = WrappedClient.of(plain);
        this.options = options;
        this.agent = agent;
    }

    CompletableFuture<WebSocket> open(ServiceName service, URI uri, Handshake handshake, WebSocket.Listener listener) {
        try {
            PodClients clients = clients(service, uri);
            PodRelays relays = made.relays();
            Handshake complete = relays == null
                    ? complete(uri, handshake)
                    : complete(uri, handshake).with(PodRelays.HEADER, relays.secret());
            Route route =
                    new Route(service, clients, PodRequests.toService(), relays == null ? null : made.pods(), relays);
            CallersContext context = options.context();
            CallLimits limits = options.limits();
            Optional<Duration> limit = limits.untilOpen();
            Attempts attempts = resolver.service(service).attempts(limits.options(limit, Repeatable.IDEMPOTENT));
            return WebSocketCall.begin(attempts, limit, listener, (pod, shown) -> {
                URI address = PodRequests.withAuthority(uri, pod.authority());
                settings.requireDirect(http(address));
                URI target = relays == null ? address : uri;
                Handshake inTime = complete.within(CallTime.left(attempts));
                return context.send(() -> route.<WebSocket, IOException>begin(
                        pod, client -> inTime.by(client).buildAsync(target, shown)));
            });
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private PodClients clients(ServiceName service, URI uri) {
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("uri: has a fragment (expected: none)");
        }
        if ("wss".equalsIgnoreCase(uri.getScheme())) {
            return made.tls(service);
        }
        if ("ws".equalsIgnoreCase(uri.getScheme())) {
            return plain;
        }
        throw new IllegalArgumentException("uri: scheme " + uri.getScheme() + " (expected: ws or wss)");
    }

    /** As the JDK sees it: the opening is a request. */
    private static URI http(URI uri) {
        return URI.create("http" + uri.toString().substring("ws".length()));
    }

    private Handshake complete(URI uri, Handshake handshake) throws IOException {
        if (agent == null) {
            return handshake;
        }
        HttpRequest.Builder callers = HttpRequest.newBuilder(http(uri));
        handshake.headers().forEach(header -> callers.header(header.getKey(), header.getValue()));
        HttpRequest complete = new Conversation(agent, CallTime.UNLIMITED).complete(callers.build());
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        complete.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
        return new Handshake(headers, handshake.subprotocols(), handshake.timeout());
    }
}
