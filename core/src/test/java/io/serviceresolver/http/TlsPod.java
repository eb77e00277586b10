package io.serviceresolver.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** A Pod that speaks HTTP/1.1 over TLS, and says what it sees: {@code skippy.shield.svc CN=client}. */
final class TlsPod implements AutoCloseable {

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<byte[]> sessions = new CopyOnWriteArrayList<>();

    private TlsPod(HttpsServer server) {
        this.server = server;
    }

    static TlsPod start(SSLContext context) throws IOException {
        return start(context, new SSLParameters());
    }

    static TlsPod start(SSLContext context, SSLParameters parameters) throws IOException {
        TlsPod pod = new TlsPod(HttpsServer.create(new InetSocketAddress("127.0.3.1", 0), 0));
        pod.server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters offered) {
                offered.setSSLParameters(parameters);
            }
        });
        pod.server.setExecutor(pod.threads);
        pod.server.createContext("/", pod::serve);
        pod.server.start();
        return pod;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            // The server closes a connection with a body that was not read, and a call that is under way on it breaks.
            exchange.getRequestBody().readAllBytes();
            ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
            sessions.add(session.getId());
            byte[] seen = (names(session) + " " + peer(session)).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, seen.length);
            exchange.getResponseBody().write(seen);
        }
    }

    private static String names(ExtendedSSLSession session) {
        return String.join(
                ",",
                session.getRequestedServerNames().stream()
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .toList());
    }

    private static String peer(ExtendedSSLSession session) {
        try {
            return session.getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return "nobody";
        }
    }

    Endpoint endpoint() {
        return Endpoint.of("127.0.3.1", server.getAddress().getPort());
    }

    /** How many requests were served: those that came through a handshake. */
    int requests() {
        return sessions.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
