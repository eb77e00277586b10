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
    private volatile ServerSocket listener;

    ApiListener(ApiState state, ServerSocketFactory sockets) {
        this.state = state;
        this.sockets = sockets;
        this.listener = listen(0);
    }

    int port() {
        return listener.getLocalPort();
    }

    void start() {
        ServerSocket own = listener;
        thread("api-server", () -> accept(own));
    }

    /** Stops to listen and closes all connections. */
    void stop() {
        close(listener);
        List.copyOf(connections).forEach(ApiConnection::close);
    }

    synchronized void restart() {
        listener = listen(listener.getLocalPort());
        start();
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

    static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
