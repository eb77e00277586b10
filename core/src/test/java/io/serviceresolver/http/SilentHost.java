package io.serviceresolver.http;

import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A host that answers no attempt to connect: the queue of its socket is full, and nobody accepts. */
final class SilentHost implements AutoCloseable {

    private final ServerSocket socket;
    private final List<SocketChannel> waiting = new ArrayList<>();

    SilentHost(String address) throws IOException {
        socket = new ServerSocket(0, 1, InetAddress.getByName(address));
        InetSocketAddress local = new InetSocketAddress(address, socket.getLocalPort());
        // More than the queue takes, by the size that was asked for or any near it.
        for (int i = 0; i < 8; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(local);
            waiting.add(channel);
        }
    }

    Endpoint endpoint() {
        return Endpoint.of(socket.getInetAddress().getHostAddress(), socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : waiting) {
            channel.close();
        }
        socket.close();
    }
}
