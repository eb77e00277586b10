package io.serviceresolver.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Two connections of which each gets what the other sends, whatever that is. Confined to the thread of the {@link
 * RelayLoop}.
 */
final class RelayTunnel implements RelayLoop.Member {

    /** So long a Pod may go on after the client has sent its last: whether that still listens cannot be told. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    private final PodRelay relay;
    private final SelectionKey client;
    private final SelectionKey pod;
    private final RelayPipe toPod;
    private final RelayPipe toClient;

    /** Null until the client has sent its last. */
    private @Nullable CompletableFuture<Void> lingering;

    /**
     * Begins to copy when a channel is ready.
     *
     * @param relay whose tunnel it is
     * @param client the key of the connection from the client
     * @param pod the key of the connection to the Pod
     */
    RelayTunnel(PodRelay relay, SelectionKey client, SelectionKey pod) {
        this.relay = relay;
        this.client = client;
        this.pod = pod;
        SocketChannel from = (SocketChannel) client.channel();
        SocketChannel to = (SocketChannel) pod.channel();
        this.toPod = new RelayPipe(from, to);
        this.toClient = new RelayPipe(to, from);
        await();
    }

    @Override
    public void ready(SelectionKey key, ByteBuffer buffer) throws IOException {
        boolean ofClient = key == client;
        if (key.isReadable()) {
            (ofClient ? toPod : toClient).copy(buffer);
        }
        if (key.isWritable()) {
            (ofClient ? toClient : toPod).copy(buffer);
        }
        if (toPod.isEnded() && toClient.isEnded()) {
            end();
            return;
        }
        if (toPod.isEnded() && lingering == null) {
            lingering = relay.time().after(LINGER);
            lingering.whenComplete((over, failure) -> relay.execute(this::fail));
        }
        await();
    }

    private void await() {
        client.interestOps(toPod.fromInterest() | toClient.toInterest());
        pod.interestOps(toClient.fromInterest() | toPod.toInterest());
    }

    /** Neither side is to take what came for all there was. */
    @Override
    public void fail() {
        PodRelay.reset(client);
        PodRelay.reset(pod);
        end();
    }

    private void end() {
        relay.end(this, client, pod);
        if (lingering != null) {
            lingering.cancel(false);
        }
    }
}
