package io.serviceresolver.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes down what it hears. */
final class RecordingListener implements WebSocket.Listener {

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private volatile @Nullable WebSocket socket;

    String next() throws InterruptedException {
        return String.valueOf(said.poll(30, SECONDS));
    }

    @Nullable
    WebSocket socket() {
        return socket;
    }

    private CompletionStage<?> heard(WebSocket by, Object... what) {
        socket = by;
        said.add(String.join(" ", Stream.of(what).map(String::valueOf).toList()));
        by.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onOpen(WebSocket by) {
        heard(by, "open");
    }

    @Override
    public CompletionStage<?> onText(WebSocket by, CharSequence data, boolean last) {
        return heard(by, "text", data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket by, ByteBuffer data, boolean last) {
        return heard(by, "binary", data.remaining(), last);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket by, ByteBuffer message) {
        return heard(by, "ping", message.remaining());
    }

    @Override
    public CompletionStage<?> onPong(WebSocket by, ByteBuffer message) {
        return heard(by, "pong", message.remaining());
    }

    @Override
    public CompletionStage<?> onClose(WebSocket by, int statusCode, String reason) {
        return heard(by, "close", statusCode, reason);
    }

    @Override
    public void onError(WebSocket by, Throwable failure) {
        said.add("error " + failure);
    }
}
