package io.serviceresolver.fleet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A real server of HTTP/1.1 and of HTTP/2 without TLS, that takes some time for each answer and ends as a good server
 * does: it accepts no more connections, answers what it has begun, and closes.
 */
final class FleetServer {

    /** How long an answer takes, so that some are always on their way when a server goes. */
    private static final long WORK_MILLIS = 5;

    private static final long GRACE_SECONDS = 10;

    private final Vertx vertx;
    private final HttpServer server;
    private final LongAdder requests = new LongAdder();

    private FleetServer(Vertx vertx, String address, int port) {
        this.vertx = vertx;
        this.server = vertx.createHttpServer(
                        new HttpServerOptions().setHost(address).setPort(port))
                .requestHandler(this::answer);
    }

    static FleetServer start(Vertx vertx, String address, int port) {
        FleetServer made = new FleetServer(vertx, address, port);
        join(made.server.listen());
        return made;
    }

    private void answer(HttpServerRequest request) {
        requests.increment();
        request.body()
                .onSuccess(body ->
                        vertx.setTimer(WORK_MILLIS, timer -> request.response().end(request.version() + " " + body)));
    }

    /** How many requests have come. */
    long requests() {
        return requests.sum();
    }

    /** What happens at SIGTERM: returns at once. */
    Future<Void> terminate() {
        return server.shutdown(GRACE_SECONDS, TimeUnit.SECONDS);
    }

    static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(GRACE_SECONDS * 2, TimeUnit.SECONDS)
                .join();
    }
}
