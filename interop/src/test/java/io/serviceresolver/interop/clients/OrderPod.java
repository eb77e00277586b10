package io.serviceresolver.interop.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Pod that keeps orders: what it answers depends on the path alone. Thread-safe. */
final class OrderPod implements AutoCloseable {

    /** How many lines {@code /lines} has. */
    static final int LINES = 10_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** The headers of the requests, in the order in which they came. */
    private final List<Headers> requests = new CopyOnWriteArrayList<>();

    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> brokenOff = new CompletableFuture<>();
    /** Whether it is out of order. Written by the test. */
    private volatile boolean failing;

    private final CountDownLatch closed = new CountDownLatch(1);

    OrderPod(String address) throws IOException {
        server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestHeaders());
        asked.complete(null);
        byte[] sent = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            switch (failing ? "/busy" : exchange.getRequestURI().getPath()) {
                case "/orders" -> answer(exchange, 201, sent);
                case "/missing" -> answer(exchange, 404, "no such order".getBytes(UTF_8));
                case "/broken" -> answer(exchange, 500, "a fault".getBytes(UTF_8));
                case "/busy" -> answer(exchange, 503, "busy".getBytes(UTF_8));
                case "/lines" -> lines(exchange, LINES);
                case "/endless" -> lines(exchange, Integer.MAX_VALUE);
                case "/silent" -> awaitEnd();
                default -> answer(exchange, 200, ("order of " + exchange.getRequestURI()).getBytes(UTF_8));
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void lines(HttpExchange exchange, int count) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        try {
            for (int i = 0; i < count; i++) {
                body.write(("line " + i + "\n").getBytes(UTF_8));
            }
        } catch (IOException e) {
            brokenOff.complete(null);
            throw e;
        }
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers 503 to all requests from now on. */
    void fail() {
        failing = true;
    }

    String address() {
        return server.getAddress().getAddress().getHostAddress();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Headers> requests() {
        return List.copyOf(requests);
    }

    /** Completes when there was a request. */
    CompletableFuture<Void> asked() {
        return asked;
    }

    /** Completes when somebody has gone away before the end of an answer. */
    CompletableFuture<Void> brokenOff() {
        return brokenOff;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
