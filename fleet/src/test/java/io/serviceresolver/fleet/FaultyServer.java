package io.serviceresolver.fleet;

import io.serviceresolver.endpoint.Endpoint;
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
    private final Fault later;
    private final String address;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong faultyBodies = new AtomicLong();

    /** What is wrong with it; null: nothing. Written by the test. */
    private volatile @Nullable Fault fault;

    /** What listens, or did. Only the test's thread. */
    private HttpServer server;

    private FaultyServer(Vertx vertx, String address, Fault later) {
        this.vertx = vertx;
        this.address = address;
        this.later = later;
        this.server = listen(0);
    }

    /**
     * Starts a server that is well.
     *
     * @param later the fault that it may get
     */
    static FaultyServer start(Vertx vertx, String address, Fault later) {
        return new FaultyServer(vertx, address, later);
    }

    private HttpServer listen(int port) {
        return FleetServer.join(
                vertx.createHttpServer(later.options().setHost(address).setPort(port))
                        .requestHandler(this::answer)
                        .listen());
    }

    /** Has its fault from the next request on. */
    void fail() {
        fault = later;
        if (later == Fault.REFUSES_CONNECTIONS) {
            FleetServer.join(server.close());
        }
    }

    /** Is well from the next request on. */
    void recover() {
        fault = null;
        if (later == Fault.REFUSES_CONNECTIONS) {
            server = listen(port());
        }
    }

    private void answer(HttpServerRequest request) {
        requests.incrementAndGet();
        Fault now = fault;
        if (now == null) {
            vertx.setTimer(WORK_MILLIS, timer -> request.response().end(BODY));
        } else {
            if (now.isInTheBody()) {
                faultyBodies.incrementAndGet();
            }
            now.answer(vertx, request);
        }
    }

    Endpoint endpoint() {
        return Endpoint.of(address, port());
    }

    private int port() {
        return server.actualPort();
    }

    /** How many requests it read. */
    long requests() {
        return requests.get();
    }

    /** How many of them met a fault that shows only in the body of the answer. */
    long faultyBodies() {
        return faultyBodies.get();
    }
}
