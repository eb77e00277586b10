package io.serviceresolver.check;

import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that does with each connection what a test says, good or bad. */
final class RawServer implements AutoCloseable {

    /** What is done with a connection. */
    interface Behaviour {
        void serve(Socket connection) throws IOException;
    }

    private final ServerSocket listener;
    private final Behaviour behaviour;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** The connections whose behaviour came to its end. */
    final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

    private RawServer(Behaviour behaviour) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.4.1"));
        this.behaviour = behaviour;
        threads.execute(this::accept);
    }

    static RawServer start(Behaviour behaviour) throws IOException {
        return new RawServer(behaviour);
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                open.add(connection);
                threads.execute(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            behaviour.serve(connection);
            ended.add("served");
        } catch (IOException e) {
            ended.add("broken");
        }
    }

    Endpoint endpoint() {
        return Endpoint.of("127.0.4.1", port());
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket one : open) {
            one.close();
        }
        threads.shutdownNow();
    }
}
