package io.serviceresolver.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A listening socket, and the thread that accepts its connections. */
final class PodListener implements AutoCloseable {

    private final ServerSocket socket;
    private final Thread thread;

    private PodListener(ServerSocket socket, Handler handler) {
        this.socket = socket;
        this.thread = new Thread(() -> accept(handler), "testkit-listener");
        thread.setDaemon(true);
    }

    /** Starts to listen, where port 0 is a free one. */
    static PodListener start(String address, int port, Handler handler) {
        try {
            PodListener listener = new PodListener(new ServerSocket(port, 0, InetAddress.getByName(address)), handler);
            listener.thread.start();
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(Handler handler) {
        try {
            while (true) {
                handler.accepted(socket.accept());
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    /** Stops listening: a connect is refused once this returns, as the kernel listens for as long as a thread accepts. */
    @Override
    public void close() {
        try {
            socket.close();
            thread.interrupt();
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes connections on the thread that accepts, which it may keep waiting. */
    @FunctionalInterface
    interface Handler {
        void accepted(Socket connection) throws IOException, InterruptedException;
    }
}
