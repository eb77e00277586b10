package io.serviceresolver.k8s;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request, and its answer on its way to a sink. Thread-safe. */
final class ApiCall {

    private static final int MAX_ERROR_BYTES = 64 * 1024;
    private static final long LIST_SECONDS = 60;
    private static final int BAD_REQUEST = 400;
    private static final int NORMAL_CLOSURE = 1000;

    private final ApiClient client;
    private final String target;
    private final String what;
    private final ApiSink sink;
    private final ApiVerb verb;

    /** What is sent with it; empty for nothing. */
    private final String object;

    /** Guarded by this: true once the sink must hear nothing more. */
    private boolean over;

    /** Guarded by this: ends the exchange. */
    private Runnable release = () -> {};

    /** The server, once it is known; written before the request is sent. */
    private volatile String where = "";

    /** Whether the body is the answer, not an error; written before the body is asked for. */
    private volatile boolean answered;

    /** What the server says of an error; used by the thread that delivers it. */
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    ApiCall(ApiClient client, String target, String what, ApiSink sink, ApiVerb verb, String object) {
        this.client = client;
        this.target = target;
        this.what = what;
        this.sink = sink;
        this.verb = verb;
        this.object = object;
    }

    /** Ends it, whatever its state: the sink hears nothing more, a connection that carries it is closed. */
    void cancel() {
        Runnable end;
        synchronized (this) {
            over = true;
            end = release;
        }
        client.done(this);
        end.run();
    }

    /** Sends it, on a thread that may wait. */
    void send() {
        if (isOver()) {
            return;
        }
        try {
            ApiTransport transport = client.transport();
            where = " at " + transport.base();
            if (verb == ApiVerb.WATCH && client.webSocketOnly()) {
                upgrade(transport);
                return;
            }
            HttpRequest.Builder request =
                    transport.http().newHttpRequestBuilder().uri(uri(transport)).header("Accept", "application/json");
            if (verb == ApiVerb.WATCH) {
                request.forStreaming();
            } else {
                // Frees the connection of a server that stays mute, which a cancelled call cannot. Not for a watch:
                // since Java 26 this includes the body.
                request.timeout(LIST_SECONDS, TimeUnit.SECONDS);
            }
            if (verb == ApiVerb.CREATE) {
                request.post("application/json", object);
            }
            transport.http().consumeBytes(request.build(), this::received).whenComplete(this::responded);
        } catch (RuntimeException e) {
            fail(ApiFailures.of(what + where, e));
        }
    }

    private void upgrade(ApiTransport transport) {
        ApiSocket socket = new ApiSocket(what + where, new Guard());
        transport
                .http()
                .newWebSocketBuilder()
                .uri(uri(transport))
                .buildAsync(socket)
                .whenComplete((open, problem) -> {
                    if (open != null) {
                        hold(() -> open.sendClose(NORMAL_CLOSURE, null));
                    } else if (problem instanceof WebSocketHandshakeException refused) {
                        client.webSocketFails();
                        fail(ApiFailures.of(what, refused.getResponse(), new byte[0]));
                    } else {
                        fail(ApiFailures.of(what + where, problem));
                    }
                });
    }

    private URI uri(ApiTransport transport) {
        return URI.create(transport.base() + target);
    }

    private void responded(@Nullable HttpResponse<AsyncBody> response, @Nullable Throwable problem) {
        if (response == null) {
            fail(ApiFailures.of(what + where, problem));
            return;
        }
        AsyncBody body = response.body();
        if (!hold(body::cancel)) {
            return;
        }
        answered = response.isSuccessful();
        if (answered) {
            if (verb == ApiVerb.WATCH) {
                client.chunkedWatchWorks();
            }
            sink.opened();
        }
        body.done().whenComplete((nothing, broken) -> {
            if (!answered) {
                refused(response);
            } else if (broken == null) {
                end();
            } else {
                fail(ApiFailures.of(what + where, broken));
            }
        });
        body.consume();
    }

    private void received(List<ByteBuffer> bytes, AsyncBody from) {
        Runnable more = () -> client.threads().execute(from::consume);
        if (isOver() || error.size() == MAX_ERROR_BYTES) {
            from.cancel();
        } else if (answered) {
            sink.bytes(bytes, more);
        } else {
            for (ByteBuffer part : bytes) {
                byte[] copy = new byte[Math.min(part.remaining(), MAX_ERROR_BYTES - error.size())];
                part.get(copy);
                error.writeBytes(copy);
            }
            more.run();
        }
    }

    private void refused(HttpResponse<AsyncBody> response) {
        // The API server says in a Status what it does not like; one that does not speaks WebSocket only.
        boolean speaksAnother =
                verb == ApiVerb.WATCH && response.code() == BAD_REQUEST && !ApiFailures.isStatus(error.toByteArray());
        if (!speaksAnother || !client.useWebSocket(this)) {
            fail(ApiFailures.of(what, response, error.toByteArray()));
        }
    }

    private void end() {
        if (finish()) {
            sink.ended();
        }
    }

    private void fail(ApiFailure failure) {
        if (failure.kind() == ApiFailure.Kind.UNTRUSTED) {
            client.distrust();
        }
        if (finish()) {
            sink.failed(failure);
        }
    }

    /** Keeps what ends the exchange; ends it at once where the call is over. */
    private boolean hold(Runnable end) {
        synchronized (this) {
            if (!over) {
                release = end;
                return true;
            }
        }
        end.run();
        return false;
    }

    private synchronized boolean isOver() {
        return over;
    }

    private boolean finish() {
        client.done(this);
        synchronized (this) {
            boolean first = !over;
            over = true;
            return first;
        }
    }

    /** Lets a WebSocket speak to the sink as long as the call is not over. */
    private final class Guard implements ApiSink {

        @Override
        public void opened() {
            if (!isOver()) {
                sink.opened();
            }
        }

        @Override
        public void bytes(List<ByteBuffer> bytes, Runnable more) {
            if (!isOver()) {
                sink.bytes(bytes, more);
            }
        }

        @Override
        public void ended() {
            end();
        }

        @Override
        public void failed(ApiFailure failure) {
            fail(failure);
        }
    }
}
