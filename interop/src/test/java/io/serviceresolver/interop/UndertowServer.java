package io.serviceresolver.interop;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;

/** Undertow. */
final class UndertowServer implements EchoServer {

    private final Undertow server;

    UndertowServer(Certificate certificate) throws Exception {
        server = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .addHttpListener(0, ADDRESS)
                .addHttpsListener(0, ADDRESS, certificate.context())
                .setHandler(UndertowServer::echo)
                .build();
        server.start();
    }

    private static void echo(HttpServerExchange exchange) {
        String query = exchange.getQueryString();
        exchange.getResponseSender()
                .send(EchoServer.seen(
                        exchange.getProtocol().toString(),
                        exchange.getRequestHeaders().getFirst(Headers.HOST),
                        exchange.getRequestURI() + (query.isEmpty() ? "" : "?" + query)));
    }

    @Override
    public int port() {
        return port(0);
    }

    @Override
    public int tlsPort() {
        return port(1);
    }

    private int port(int listener) {
        return ((InetSocketAddress) server.getListenerInfo().get(listener).getAddress()).getPort();
    }

    @Override
    public void close() {
        server.stop();
    }
}
