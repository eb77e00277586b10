package io.serviceresolver.http;

import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Builds WebSockets to all hosts but services, which are refused: they would go past the balancer. */
final class ServiceWebSockets implements WebSocket.Builder {

    private final WebSocket.Builder builder;
    private final ServiceHosts hosts;

    ServiceWebSockets(WebSocket.Builder builder, ServiceHosts hosts) {
        this.builder = builder;
        this.hosts = hosts;
    }

    @Override
    public WebSocket.Builder header(String name, String value) {
        builder.header(name, value);
        return this;
    }

    @Override
    public WebSocket.Builder connectTimeout(Duration timeout) {
        builder.connectTimeout(timeout);
        return this;
    }

    @Override
    public WebSocket.Builder subprotocols(String mostPreferred, String... lesserPreferred) {
        builder.subprotocols(mostPreferred, lesserPreferred);
        return this;
    }

    @Override
    public CompletableFuture<WebSocket> buildAsync(URI uri, WebSocket.Listener listener) {
        return hosts.find(uri) == null
                ? builder.buildAsync(uri, listener)
                : CompletableFuture.failedFuture(new UnsupportedOperationException(
                        uri.getScheme() + ": a WebSocket to a service is not supported (expected: http, or a WebSocket"
                                + " of a plain client to the endpoint that ServiceHandle.acquire() picks)"));
    }
}
