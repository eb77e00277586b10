package io.serviceresolver.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection to an {@link ApiServer}: reads requests one after the other and answers them. */
final class ApiConnection {

    private static final long HOLD_SECONDS = 60;

    private final ApiState state;
    private final Socket socket;

    ApiConnection(ApiState state, Socket socket) {
        this.state = state;
        this.socket = socket;
    }

    /**
     * What to answer.
     *
     * @param code the HTTP status
     * @param headers headers besides the usual ones
     * @param text the body, or the frame with which the watch begins, if any
     * @param watch what to watch, where it is a watch that is answered
     */
    record Answer(
            int code,
            Map<String, String> headers,
            String text,
            @Nullable ApiSelector watch) {

        static Answer of(int code, Object json) {
            return new Answer(code, Map.of(), json.toString(), null);
        }
    }

    /** Runs until the connection ends. */
    void serve() {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            ApiRequest request = ApiHttp.read(in);
            while (request != null && serve(request, in, out)) {
                request = ApiHttp.read(in);
            }
        } catch (IOException e) {
            // The client is gone, or the server was stopped.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Then it is closed.
        }
    }

    /** Whether the connection can take another request. */
    private boolean serve(ApiRequest request, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        ApiFault fault = state.received(request);
        if (fault instanceof ApiFault.Held held && !held.released().await(HOLD_SECONDS, TimeUnit.SECONDS)) {
            return false;
        }
        if (fault instanceof ApiFault.Disconnect) {
            return false;
        }
        if (fault instanceof ApiFault.Mute) {
            drain(in);
            return false;
        }
        Answer answer = state.answer(request, fault);
        if (answer.watch() == null) {
            ApiHttp.answer(out, answer.code(), answer.headers(), answer.text());
            return true;
        }
        // Whoever hears that a watch is open finds it among those that are.
        ApiWatch watch = new ApiWatch(socket, answer.watch());
        state.opened(watch, request.parameter("resourceVersion"), answer.text());
        try {
            ApiHttp.startStream(out);
            ApiListener.thread("api-watch", watch::write);
            drain(in);
        } finally {
            state.ended(watch);
        }
        return false;
    }

    private static void drain(InputStream in) throws IOException {
        while (in.read() >= 0) {
            // A client that watches has nothing more to say: only the end matters.
        }
    }
}
