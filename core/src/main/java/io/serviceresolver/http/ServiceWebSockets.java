package io.serviceresolver.http;

import io.serviceresolver.endpoint.ServiceName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Builds WebSockets: to services by way of a Pod that is picked, to all other hosts as the wrapped client does. */
final class ServiceWebSockets implements WebSocket.Builder {

    private final HttpClient client;
    private final ServiceHosts hosts;
    private final WebSocketCalls calls;

    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private List<String> protocols = List.of();
    private @Nullable Duration timeout;

    ServiceWebSockets(HttpClient client, ServiceHosts hosts, WebSocketCalls calls) {
        this.client = client;
        this.hosts = hosts;
        this.calls = calls;
    }

    @Override
    public WebSocket.Builder header(String name, String value) {
        headers.add(Map.entry(name, value));
        return this;
    }

    @Override
    public WebSocket.Builder connectTimeout(Duration limit) {
        timeout = Objects.requireNonNull(limit, "timeout");
        return this;
    }

    @Override
    public WebSocket.Builder subprotocols(String mostPreferred, String... lesserPreferred) {
        List<String> all = new ArrayList<>(List.of(lesserPreferred));
        all.add(0, Objects.requireNonNull(mostPreferred, "mostPreferred"));
        protocols = all;
        return this;
    }

    @Override
    public CompletableFuture<WebSocket> buildAsync(URI uri, WebSocket.Listener listener) {
        Objects.requireNonNull(listener, "listener");
        Handshake handshake = new Handshake(List.copyOf(headers), List.copyOf(protocols), timeout);
        ServiceName service = hosts.find(uri);
        return service == null
                ? handshake.by(client).buildAsync(uri, listener)
                : calls.open(service, uri, handshake, listener);
    }
}
