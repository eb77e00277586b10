package io.serviceresolver.k8s;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A watch by WebSocket, made to look like one by plain HTTP: for servers that know no other, as the mock server of the
 * Kubernetes client does.
 */
final class ApiSocket implements WebSocket.Listener {

    private static final byte[] LINE_FEED = {'\n'};

    private final String what;
    private final ApiSink sink;

    ApiSocket(String what, ApiSink sink) {
        this.what = what;
        this.sink = sink;
    }

    @Override
    public void onOpen(WebSocket socket) {
        sink.opened();
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        onMessage(socket, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer bytes) {
        sink.bytes(List.of(bytes, ByteBuffer.wrap(LINE_FEED)), socket::request);
    }

    @Override
    public void onClose(WebSocket socket, int code, @Nullable String reason) {
        sink.ended();
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        sink.failed(ApiFailures.of(what, error));
    }
}
