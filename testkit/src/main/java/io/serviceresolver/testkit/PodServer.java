package io.serviceresolver.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A Pod that speaks HTTP/1.1 on a loopback address: it answers each request with its name, counts, and can be told to
 * be slow, to fail, to drain and to stop. On Linux each address of 127.0.0.0/8 is there without set-up, so that many
 * Pods can share one port as the Pods of a Service do. Thread-safe; all its settings hold for requests that arrive
 * later.
 */
public final class PodServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final String name;
    private final HttpServer server;
    private final ExecutorService threads = PodThreads.pool("pod");
    private final PodCalls calls = new PodCalls();

    /** Written under the lock of this object by whoever changes the settings, read once by each request. */
    private volatile Behaviour behaviour;

    /** Completes when calls that are held are released. Guarded by the lock of this object. */
    private CompletableFuture<Void> held = CompletableFuture.completedFuture(null);

    private PodServer(String name, HttpServer server) {
        this.name = name;
        this.server = server;
        this.behaviour = new Behaviour(exchange -> answer(exchange, OK), CompletableFuture::completedFuture);
    }

    /**
     * Starts a Pod.
     *
     * @param name what it answers with
     * @param address a loopback address, such as {@code 127.0.1.7}
     * @param port the port, or 0 for a free one
     * @return a Pod that listens: close it
     * @throws UncheckedIOException if the address cannot be bound
     */
    public static PodServer start(String name, String address, int port) {
        try {
            PodServer pod = new PodServer(name, HttpServer.create(new InetSocketAddress(address, port), 0));
            pod.server.setExecutor(pod.threads);
            pod.server.createContext("/", pod::serve);
            pod.server.start();
            return pod;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts Pods on the addresses 127.0.1.1, 127.0.1.2 and so on that share a port, named {@code pod-1},
     * {@code pod-2} and so on.
     *
     * @param size how many, 250 at most
     * @param port the port, or 0 for one that is free on all the addresses
     * @return Pods that listen: close each
     * @throws UncheckedIOException if the addresses cannot be bound
     */
    public static List<PodServer> fleet(int size, int port) {
        if (size < 1 || size > 250) {
            throw new IllegalArgumentException("size: " + size + " (expected: 1 to 250)");
        }
        return PodPorts.bind(size, port, (number, onPort) -> start("pod-" + number, "127.0.1." + number, onPort));
    }

    private void serve(HttpExchange exchange) throws IOException {
        Behaviour now;
        synchronized (this) {
            // In one step, so that a call that has begun before drain() is one of those that it goes on with.
            now = behaviour;
            calls.begin();
        }
        exchange.getRequestBody().readAllBytes();
        now.gate.apply(exchange).thenAccept(ready -> handle(now.handler, ready));
    }

    private void handle(HttpHandler handler, HttpExchange exchange) {
        // The call has ended for the Pod before its caller can see it, so that the caller reads a count that is right.
        calls.end();
        try (exchange) {
            handler.handle(exchange);
        } catch (IOException e) {
            calls.broken();
        } finally {
            calls.finish();
        }
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        byte[] body = name.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Pod", name);
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || status == 204 || status == 304;
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    /**
     * Answers with a status from now on, 200 at first, and its name.
     *
     * @param status such as 503
     * @return this Pod
     */
    public PodServer status(int status) {
        return handler(exchange -> answer(exchange, status));
    }

    /**
     * Answers from now on as a handler does.
     *
     * @param handler is called when the request was read and is due; the exchange is closed after it
     * @return this Pod
     */
    public synchronized PodServer handler(HttpHandler handler) {
        behaviour = new Behaviour(handler, behaviour.gate);
        return this;
    }

    /** Answers no request from now on until {@link #release} is called: this Pod. */
    public synchronized PodServer hold() {
        if (held.isDone()) {
            held = new CompletableFuture<>();
        }
        CompletableFuture<Void> released = held;
        behaviour = new Behaviour(behaviour.handler, exchange -> released.thenApply(now -> exchange));
        return this;
    }

    /** Answers all requests that were held, on this thread, and each later one at once: this Pod. */
    public PodServer release() {
        CompletableFuture<Void> released;
        synchronized (this) {
            behaviour = new Behaviour(behaviour.handler, CompletableFuture::completedFuture);
            released = held;
        }
        released.complete(null);
        return this;
    }

    /**
     * Answers each request from now on after a delay.
     *
     * @param delay how long
     * @param scheduler whose time it is; it answers on its own thread
     * @return this Pod
     */
    public synchronized PodServer delay(Duration delay, ScheduledExecutorService scheduler) {
        behaviour = new Behaviour(behaviour.handler, exchange -> {
            CompletableFuture<HttpExchange> later = new CompletableFuture<>();
            scheduler.schedule(() -> later.complete(exchange), delay.toNanos(), TimeUnit.NANOSECONDS);
            return later;
        });
        return this;
    }

    /**
     * Goes on with the calls it has, as a Pod that was asked to terminate does: later ones are answered 503 and their
     * connections closed.
     *
     * @return completes when those calls are answered
     */
    public CompletableFuture<Void> drain() {
        handler(exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            answer(exchange, SERVICE_UNAVAILABLE);
        });
        return calls.idle();
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The address it listens on. */
    public String address() {
        return server.getAddress().getAddress().getHostAddress();
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** How many requests have arrived. */
    public long calls() {
        return calls.begun();
    }

    /** How many requests have arrived and are not being answered yet. */
    public int inFlight() {
        return calls.inFlight();
    }

    /** The most requests that ever were in flight at once. */
    public int maxInFlight() {
        return calls.most();
    }

    /** How many answers could not be written, as the caller had gone. */
    public long brokenAnswers() {
        return calls.brokenAnswers();
    }

    /**
     * Waits until requests have arrived.
     *
     * @param count how many since the start
     * @throws AssertionError if they do not within 30 seconds
     */
    public void awaitCalls(long count) {
        calls.awaitBegun(count);
    }

    /** Stops at once: closes all its connections, whatever is in flight. Again: no effect. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** {@code pod-1 127.0.1.1:8080}. */
    @Override
    public String toString() {
        return name + " " + address() + ":" + port();
    }

    /** When a request is answered. */
    @FunctionalInterface
    private interface Gate {
        CompletableFuture<HttpExchange> apply(HttpExchange exchange);
    }

    private record Behaviour(HttpHandler handler, Gate gate) {}
}
