package io.serviceresolver.fleet;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A real server that answers well, after some time for its work, until it gets its fault. */
final class FaultyServer {

    /** What a good answer is. */
    static final String BODY = "seven orders, ".repeat(300);

    private static final long WORK_MILLIS = 5;

    private final Vertx vertx;
    private final HttpServer server;
    private final AtomicLong requests = new AtomicLong();

    /** What is wrong with it; null: nothing. Written by the test. */
    private volatile @Nullable Fault fault;

    private FaultyServer(Vertx vertx, String address, int port, Fault later) {
        this.vertx = vertx;
        this.server = vertx.createHttpServer(later.options().setHost(address).setPort(port))
                .requestHandler(this::answer);
    }

    /**
     * Starts a server that is well.
     *
     * @param port zero: any
     * @param later the fault that it may get
     */
    static FaultyServer start(Vertx vertx, String address, int port, Fault later) {
        FaultyServer made = new FaultyServer(vertx, address, port, later);
        FleetServer.join(made.server.listen());
        return made;
    }

    /** Is bad from the next request on. */
    void fail(Fault kind) {
        fault = kind;
        if (kind == Fault.REFUSES_CONNECTIONS) {
            FleetServer.join(server.close());
        }
    }

    private void answer(HttpServerRequest request) {
        requests.incrementAndGet();
        Fault now = fault;
        if (now == null) {
            vertx.setTimer(WORK_MILLIS, timer -> request.response().end(BODY));
        } else {
            now.answer(vertx, request);
        }
    }

    int port() {
        return server.actualPort();
    }

    /** How many requests it read. */
    long requests() {
        return requests.get();
    }
}
