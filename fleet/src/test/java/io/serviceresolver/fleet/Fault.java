package io.serviceresolver.fleet;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** What is wrong with a server that was well before. */
enum Fault {
    /** It is gone: nobody listens, all connections are closed. */
    REFUSES_CONNECTIONS {
        @Override
        void answer(Vertx vertx, HttpServerRequest request) {
            request.connection().close();
        }
    },
    /** It accepts connections and requests, and says nothing. */
    BLACK_HOLE {
        @Override
        void answer(Vertx vertx, HttpServerRequest request) {
            request.pause();
        }
    },
    /** It resets the connection when it has read the request: see {@link #options}. */
    RESETS {
        @Override
        void answer(Vertx vertx, HttpServerRequest request) {
            request.connection().close();
        }
    },
    ANSWERS_503 {
        @Override
        void answer(Vertx vertx, HttpServerRequest request) {
            request.response().setStatusCode(503).end("no");
        }
    },
    /** It closes the connection in the middle of the body. */
    HALF_A_BODY {
        @Override
        void answer(Vertx vertx, HttpServerRequest request) {
            String half = FaultyServer.BODY.substring(0, FaultyServer.BODY.length() / 2);
            request.response()
                    .putHeader("Content-Length", Integer.toString(FaultyServer.BODY.length()))
                    .write(half)
                    .onComplete(written -> request.connection().close());
        }
    },
    /** Its body goes on until the other side has enough. */
    ENDLESS_BODY {
        @Override
        void answer(Vertx vertx, HttpServerRequest request) {
            HttpServerResponse response = request.response().setChunked(true);
            vertx.setPeriodic(
                    1, timer -> response.write(FaultyServer.BODY).onFailure(gone -> vertx.cancelTimer(timer)));
        }
    },
    /** It answers well, after a second. */
    SLOW {
        @Override
        void answer(Vertx vertx, HttpServerRequest request) {
            vertx.setTimer(1_000, timer -> request.response().end(FaultyServer.BODY));
        }
    };

    /** Ends the answer to a request, or does not. */
    abstract void answer(Vertx vertx, HttpServerRequest request);

    /** Whether it shows only when the head of the answer is the caller's: then the call is not made again. */
    boolean isInTheBody() {
        return this == HALF_A_BODY || this == ENDLESS_BODY;
    }

    /** How a server listens that is to have this fault. */
    HttpServerOptions options() {
        HttpServerOptions options = new HttpServerOptions();
        // With no time to linger, close(2) sends RST in place of FIN.
        return this == RESETS ? options.setSoLinger(0) : options;
    }
}
