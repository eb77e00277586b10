package io.serviceresolver.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The TCP side of a {@link DnsServer}. */
final class DnsTcpListener implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 10_000;

    private final InetSocketAddress address;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /** This and the thread that accepts: written by whoever changes the mode, under the lock of this object. */
    private @Nullable ServerSocket listener;

    private @Nullable Thread acceptor;

    private volatile DnsTcpMode mode = DnsTcpMode.ANSWER;
    private @Nullable Handler handler;

    /** Says what to send back for a packet. */
    @FunctionalInterface
    interface Handler {
        List<byte[]> handle(byte[] packet, DnsTransport transport) throws IOException;
    }

    DnsTcpListener(InetSocketAddress address) throws IOException {
        this.address = address;
        this.listener = listen();
    }

    private ServerSocket listen() throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    synchronized void start(Handler answers) {
        handler = answers;
        if (listener != null) {
            accept(listener, answers);
        }
    }

    synchronized void mode(DnsTcpMode wanted) {
        mode = wanted;
        try {
            if (wanted == DnsTcpMode.REFUSE) {
                close();
            } else if (listener == null && handler != null) {
                listener = listen();
                accept(listener, handler);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket, Handler answers) {
        acceptor = daemon("dns-server-tcp-" + address.getPort(), () -> {
            while (!socket.isClosed()) {
                try {
                    Socket connection = socket.accept();
                    connections.add(connection);
                    if (socket.isClosed()) {
                        connection.close();
                    }
                    daemon("dns-server-connection-" + address.getPort(), () -> serve(connection, answers));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void serve(Socket connection, Handler answers) {
        try (connection) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            boolean open = true;
            while (open) {
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                for (byte[] reply : answers.handle(query, DnsTransport.TCP)) {
                    open &= send(out, reply);
                }
            }
        } catch (IOException e) {
            // The client has gone, or the server was closed: the connection ends.
            return;
        } finally {
            connections.remove(connection);
        }
    }

    /** Sends one reply, and tells whether the connection stays open. */
    private boolean send(DataOutputStream out, byte[] reply) throws IOException {
        DnsTcpMode how = mode;
        if (how == DnsTcpMode.BLACK_HOLE) {
            return true;
        }
        int announced = reply.length;
        if (how == DnsTcpMode.SHORT_LENGTH) {
            announced--;
        } else if (how == DnsTcpMode.LONG_LENGTH) {
            announced++;
        }
        out.writeShort(announced);
        out.write(reply, 0, how == DnsTcpMode.CUT ? reply.length / 2 : reply.length);
        out.flush();
        return how != DnsTcpMode.CUT;
    }

    @Override
    public synchronized void close() {
        try {
            if (listener != null) {
                listener.close();
                listener = null;
            }
            if (acceptor != null) {
                // The kernel takes connections until the thread has left accept().
                acceptor.join(PATIENCE_MILLIS);
                acceptor = null;
            }
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
