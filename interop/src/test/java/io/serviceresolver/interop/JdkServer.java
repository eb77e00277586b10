package io.serviceresolver.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The server of the JDK, which speaks HTTP/1.1. */
final class JdkServer implements EchoServer {

    private final HttpServer plain;
    private final HttpsServer secure;

    JdkServer(Certificate certificate) throws Exception {
        plain = HttpServer.create(new InetSocketAddress(ADDRESS, 0), 0);
        secure = HttpsServer.create(new InetSocketAddress(ADDRESS, 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        for (HttpServer server : new HttpServer[] {plain, secure}) {
            server.createContext("/", JdkServer::echo);
            server.start();
        }
    }

    private static void echo(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] seen = EchoServer.seen(
                            exchange.getProtocol(),
                            exchange.getRequestHeaders().getFirst("Host"),
                            exchange.getRequestURI().toString())
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, seen.length);
            exchange.getResponseBody().write(seen);
        }
    }

    @Override
    public int port() {
        return plain.getAddress().getPort();
    }

    @Override
    public int tlsPort() {
        return secure.getAddress().getPort();
    }

    @Override
    public void close() {
        plain.stop(0);
        secure.stop(0);
    }
}
