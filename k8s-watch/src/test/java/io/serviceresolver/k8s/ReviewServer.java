package io.serviceresolver.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API server that knows nothing but who may do what. */
final class ReviewServer implements AutoCloseable {

    /** What is allowed: {@code list endpointslices shield}. */
    final Set<String> allowed = ConcurrentHashMap.newKeySet();

    /** What was asked, in order. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** What is answered in place of a review; written by the test. */
    volatile String answer = "";

    /** The status of an answer; written by the test. */
    volatile int status = 201;

    private final HttpServer server;

    ReviewServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", this::review);
        server.start();
    }

    private void review(HttpExchange exchange) throws IOException {
        JsonNode review = Json.tree(exchange.getRequestBody().readAllBytes());
        JsonNode asks = review.path("spec").path("resourceAttributes");
        String right = asks.path("verb").asText() + " " + asks.path("resource").asText() + " "
                + asks.path("namespace").asText();
        asked.add(exchange.getRequestMethod() + " " + right.strip());
        String verdict = "{\"status\":{\"allowed\":" + allowed.contains(right.strip()) + "}}";
        byte[] body = (answer.isEmpty() ? verdict : answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    Path kubeconfig() {
        try {
            Path file = Files.createTempFile("kubeconfig", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                    users: [{name: test, user: {token: "any"}}]
                    contexts: [{name: test, context: {cluster: test, user: test, namespace: default}}]
                    current-context: test
                    """.formatted(server.getAddress().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
