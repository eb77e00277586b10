package io.serviceresolver.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A Pod made of a bare socket, for what an HTTP server is too polite to do: half a body, a reset, an answer without
 * end, garbage. It plays one script per connection, each on its own thread. Thread-safe.
 */
public final class PodSocket implements AutoCloseable {

    private final PodListener listener;
    private final Script script;
    private final ExecutorService threads = PodThreads.pool("pod-socket");
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final PodCalls calls = new PodCalls();

    private PodSocket(String address, int port, Script script) {
        this.script = script;
        this.listener = PodListener.start(address, port, this::accepted);
    }

    /**
     * Starts a Pod.
     *
     * @param address a loopback address, such as {@code 127.0.1.7}
     * @param port the port, or 0 for a free one
     * @param script what to do with each connection, which is closed after it
     * @return a Pod that listens: close it
     * @throws UncheckedIOException if the address cannot be bound
     */
    public static PodSocket start(String address, int port, Script script) {
        return new PodSocket(address, port, script);
    }

    /**
     * Reads requests, and answers each with the same bytes.
     *
     * @param answer the answer, head and body
     */
    public static Script answering(String answer) {
        return connection -> {
            while (!connection.readRequest().isEmpty()) {
                connection.write(answer);
            }
        };
    }

    /**
     * Reads one request, sends some bytes and closes the connection: with half an answer, or one that is no HTTP.
     *
     * @param bytes what to send, perhaps nothing
     */
    public static Script closingAfter(String bytes) {
        return connection -> {
            connection.readRequest();
            connection.write(bytes);
        };
    }

    /**
     * Reads one request, sends some bytes and resets the connection.
     *
     * @param bytes what to send, perhaps nothing
     */
    public static Script resettingAfter(String bytes) {
        return connection -> {
            connection.readRequest();
            connection.write(bytes);
            connection.reset();
        };
    }

    /**
     * Reads one request, sends some bytes and then nothing more, until the other side closes the connection.
     *
     * @param bytes what to send, perhaps nothing
     */
    public static Script stallingAfter(String bytes) {
        return connection -> {
            connection.readRequest();
            connection.write(bytes);
            connection.readToEnd();
        };
    }

    /** Reads one request, and answers 200 with a body that goes on for as long as anyone reads. */
    public static Script endlessBody() {
        return connection -> {
            connection.readRequest();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "400\r\n" + "x".repeat(0x400) + "\r\n";
            while (!Thread.currentThread().isInterrupted()) {
                connection.write(chunk);
            }
        };
    }

    private void accepted(Socket socket) {
        open.add(socket);
        calls.begin();
        threads.execute(() -> play(socket));
    }

    private void play(Socket socket) {
        try (socket) {
            script.play(new Connection(socket));
        } catch (IOException e) {
            calls.broken();
        } finally {
            open.remove(socket);
            calls.end();
            calls.finish();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address it listens on. */
    public String address() {
        return listener.address().getAddress().getHostAddress();
    }

    /** The port it listens on. */
    public int port() {
        return listener.address().getPort();
    }

    /** How many connections were accepted. */
    public long connections() {
        return calls.begun();
    }

    /** How many connections are open. */
    public int open() {
        return calls.inFlight();
    }

    /**
     * Waits until connections were accepted.
     *
     * @param count how many since the start
     * @throws AssertionError if they were not within 30 seconds
     */
    public void awaitConnections(long count) {
        calls.awaitBegun(count);
    }

    /** Waits until all connections that were accepted are closed; fails after 30 seconds. */
    public void awaitIdle() {
        calls.idle().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Stops, and closes all connections. Again: no effect. */
    @Override
    public void close() {
        listener.close();
        open.forEach(PodSocket::closeQuietly);
        threads.shutdownNow();
    }

    /** What to do with a connection. */
    @FunctionalInterface
    public interface Script {
        /**
         * Plays on one connection, which is closed after it.
         *
         * @param connection the connection
         * @throws IOException if the other side is gone
         */
        void play(Connection connection) throws IOException;
    }

    /** One connection, as its script sees it. Not thread-safe. */
    public static final class Connection {

        /** CR LF CR LF. */
        private static final int EMPTY_LINE = 0x0d0a0d0a;

        private final Socket socket;
        private final InputStream in;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
        }

        /**
         * Reads up to the empty line that ends the head of a request.
         *
         * @return the head without that line; empty at the end of the stream
         * @throws IOException if the connection broke
         */
        public String readRequest() throws IOException {
            StringBuilder head = new StringBuilder();
            int lastFour = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                head.append((char) next);
                lastFour = lastFour << 8 | next;
                if (lastFour == EMPTY_LINE) {
                    return head.substring(0, head.length() - 4);
                }
            }
            return "";
        }

        /**
         * Reads and forgets all that comes, until the other side closes.
         *
         * @throws IOException if the connection broke
         */
        public void readToEnd() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }

        /**
         * Sends characters of ISO 8859-1.
         *
         * @param text one byte for each character
         * @throws IOException if the connection broke
         */
        public void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        }

        /**
         * Resets the connection.
         *
         * @throws IOException if it broke already
         */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
