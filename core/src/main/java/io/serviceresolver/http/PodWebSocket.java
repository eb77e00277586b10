package io.serviceresolver.http;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** A WebSocket to a Pod, which is in flight until the Pod closes it, it fails, or it is aborted. */
final class PodWebSocket implements WebSocket {

    private final WebSocket socket;
    private final Lease lease;

    PodWebSocket(WebSocket socket, Lease lease) {
        this.socket = socket;
        this.lease = lease;
    }

    Endpoint endpoint() {
        return lease.endpoint();
    }

    @Override
    public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
        return shown(socket.sendText(data, last));
    }

    @Override
    public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
        return shown(socket.sendBinary(data, last));
    }

    @Override
    public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
        return shown(socket.sendPing(message));
    }

    @Override
    public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
        return shown(socket.sendPong(message));
    }

    @Override
    public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
        return shown(socket.sendClose(statusCode, reason));
    }

    private CompletableFuture<WebSocket> shown(CompletableFuture<WebSocket> sent) {
        return sent.thenApply(itself -> this);
    }

    @Override
    public void request(long invocations) {
        socket.request(invocations);
    }

    @Override
    public String getSubprotocol() {
        return socket.getSubprotocol();
    }

    @Override
    public boolean isOutputClosed() {
        return socket.isOutputClosed();
    }

    @Override
    public boolean isInputClosed() {
        return socket.isInputClosed();
    }

    @Override
    public void abort() {
        lease.complete(Outcome.CANCELLED);
        socket.abort();
    }

    /** The JDK's own, which names the address of the Pod. */
    @Override
    public String toString() {
        return socket.toString();
    }
}
