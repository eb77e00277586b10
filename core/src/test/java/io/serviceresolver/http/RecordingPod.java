package io.serviceresolver.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A Pod, or any other server, that writes down what it is sent, and answers as it is told. */
final class RecordingPod implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    /** Written by the test. */
    private volatile Function<Seen, Reply> answer = request -> Reply.of(200);

    private RecordingPod(HttpServer server) {
        this.server = server;
    }

    static RecordingPod start(String address) throws IOException {
        RecordingPod pod = new RecordingPod(HttpServer.create(new InetSocketAddress(address, 0), 0));
        pod.server.setExecutor(pod.threads);
        pod.server.createContext("/", pod::serve);
        pod.server.start();
        return pod;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Seen request = new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            seen.add(request);
            Reply reply = answer.apply(request);
            exchange.getResponseHeaders().putAll(reply.headers);
            byte[] body = reply.body.getBytes(UTF_8);
            boolean none = request.method.equals("HEAD") || body.length == 0;
            exchange.sendResponseHeaders(reply.status, none ? -1 : body.length);
            if (!none) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    RecordingPod answering(Function<Seen, Reply> answers) {
        answer = answers;
        return this;
    }

    /** Answers {@code /from} with a redirect, and all else with 200 and its path. */
    RecordingPod redirecting(int status, String location) {
        return answering(request -> request.target.equals("/from")
                ? Reply.of(status).with("Location", location)
                : Reply.of(200).body(request.target));
    }

    List<Seen> seen() {
        return seen;
    }

    Seen last() {
        return seen.get(seen.size() - 1);
    }

    Endpoint endpoint() {
        return Endpoint.of(
                server.getAddress().getAddress().getHostAddress(),
                server.getAddress().getPort());
    }

    String root() {
        return "http://" + endpoint().authority() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** What came. */
    record Seen(String method, String target, Headers headers, String body) {
        /** Values of a header, in one. */
        String header(String name) {
            return String.join("|", headers.getOrDefault(name, List.of()));
        }

        /** {@code POST /x body}. */
        String line() {
            return method + " " + target + " " + body;
        }
    }

    /** What is answered. */
    record Reply(int status, Headers headers, String body) {
        static Reply of(int status) {
            return new Reply(status, new Headers(), "");
        }

        Reply with(String name, String value) {
            headers.add(name, value);
            return this;
        }

        Reply body(String text) {
            return new Reply(status, headers, text);
        }
    }
}
