package io.serviceresolver.http;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stands between a WebSocket and its caller's listener, to see it end. Called by one thread at a time. */
final class PodListener implements WebSocket.Listener {

    /** Never sent: the connection ended without a word. */
    private static final int BROKEN = 1006;

    private static final int UNEXPECTED_CONDITION = 1011;

    /** What the JDK says where it closes the connection with its client; what a Pod did wrong has a failure of its own. */
    private static final String CLOSED_BY_US = "connection closed locally";

    private final WebSocket.Listener listener;
    private final Lease lease;

    /** What the caller sees. Guarded by the lock of this object. */
    private @Nullable PodWebSocket shown;

    PodListener(WebSocket.Listener listener, Lease lease) {
        this.listener = listener;
        this.lease = lease;
    }

    /** The one that the caller sees in place of the JDK's. */
    synchronized PodWebSocket shown(WebSocket socket) {
        PodWebSocket known = shown;
        if (known == null) {
            known = new PodWebSocket(socket, lease);
            shown = known;
        }
        return known;
    }

    /** What the caller's code throws is not the Pod's fault. The JDK makes a failure of the WebSocket of it. */
    private <R> R blamingCaller(Supplier<R> code) {
        try {
            return code.get();
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    @Override
    public void onOpen(WebSocket socket) {
        blamingCaller(() -> {
            listener.onOpen(shown(socket));
            return true;
        });
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        return blamingCaller(() -> listener.onText(shown(socket), data, last));
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        return blamingCaller(() -> listener.onBinary(shown(socket), data, last));
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        return blamingCaller(() -> listener.onPing(shown(socket), message));
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        return blamingCaller(() -> listener.onPong(shown(socket), message));
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
        lease.complete(outcome(statusCode));
        return listener.onClose(shown(socket), statusCode, reason);
    }

    /** RFC 6455, section 7.4.1. */
    private static Outcome outcome(int statusCode) {
        return switch (statusCode) {
            case BROKEN -> Outcome.IO_ERROR;
            case UNEXPECTED_CONDITION -> Outcome.SERVER_ERROR;
            default -> Outcome.SUCCESS;
        };
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        boolean ours = CLOSED_BY_US.equals(failure.getMessage());
        lease.complete(ours ? Outcome.CANCELLED : CallFailures.outcome(failure));
        listener.onError(shown(socket), failure);
    }
}
