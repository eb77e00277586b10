package io.serviceresolver.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/** The sockets of an {@link ApiServer}. Thread-safe. */
final class ApiListener {

    private final ApiState state;
    private final ServerSocketFactory sockets;
    private final Set<ApiConnection> connections = ConcurrentHashMap.newKeySet();

    /** Written by {@link #restart} under the lock of this; read by all. */
    private volatile Door door;

    /** The socket that listens, and the thread that accepts. */
    private record Door(ServerSocket socket, Thread thread) {}

    ApiListener(ApiState state, ServerSocketFactory sockets) {
        this.state = state;
        this.sockets = sockets;
        this.door = open(0);
    }

    int port() {
        return door.socket().getLocalPort();
    }

    /** Stops to listen and closes all connections. */
    void stop() {
        close(door.socket());
        try {
            // As long as it waits in accept, the port is taken.
            door.thread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List.copyOf(connections).forEach(ApiConnection::close);
    }

    synchronized void restart() {
        door = open(port());
    }

    private Door open(int port) {
        ServerSocket socket = listen(port);
        return new Door(socket, thread("api-server", () -> accept(socket)));
    }

    private void accept(ServerSocket own) {
        while (!own.isClosed()) {
            try {
                Socket socket = own.accept();
                ApiConnection connection = new ApiConnection(state, socket);
                connections.add(connection);
                if (own.isClosed()) {
                    connection.close();
                }
                thread("api-connection", () -> {
                    connection.serve();
                    connections.remove(connection);
                });
            } catch (IOException e) {
                // Closed, which the loop sees; else a client that left before it was accepted.
            }
        }
    }

    private ServerSocket listen(int port) {
        try {
            ServerSocket socket = sockets.createServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
