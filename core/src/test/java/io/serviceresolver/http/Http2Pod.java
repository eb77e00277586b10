package io.serviceresolver.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.serviceresolver.endpoint.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/**
 * A Pod that speaks HTTP/2 (RFC 9113) frame by frame, over TLS or after the upgrade from HTTP/1.1: what a server seldom does can
 * be had of it, and what a client sends be seen. One thread for each connection.
 */
final class Http2Pod implements AutoCloseable {

    static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int HEADERS = 1;
    private static final int PUSH_PROMISE = 5;

    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private static final int PREFACE_BYTES = 24;
    private static final String EMPTY_LINE = "\r\n\r\n";

    private final ServerSocket socket;
    private final boolean upgrades;
    private final Answer answer;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final BlockingQueue<Frame> resets = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> requests = new LinkedBlockingQueue<>();

    private Http2Pod(ServerSocket socket, boolean upgrades, Answer answer) {
        this.socket = socket;
        this.upgrades = upgrades;
        this.answer = answer;
        threads.execute(this::accept);
    }

    /** A Pod that is asked in HTTP/1.1 first. */
    static Http2Pod plain(Answer answer) throws IOException {
        return new Http2Pod(new ServerSocket(0, 0, InetAddress.getByName("127.0.4.1")), true, answer);
    }

    static Http2Pod tls(SSLContext context, Answer answer) throws IOException {
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getByName("127.0.4.1"));
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        return new Http2Pod(socket, false, answer);
    }

    Endpoint endpoint() {
        return Endpoint.of("127.0.4.1", socket.getLocalPort());
    }

    /** How many connections there were. */
    int connections() {
        return accepted.get();
    }

    /** Waits for the next request: the number of its stream. */
    int awaitRequest() throws InterruptedException {
        Integer stream = requests.poll(30, TimeUnit.SECONDS);
        if (stream == null) {
            throw new AssertionError("within 30 s: a request");
        }
        return stream;
    }

    /** Waits until the client ends a stream before its time. */
    Frame awaitReset() throws InterruptedException {
        Frame reset = resets.poll(30, TimeUnit.SECONDS);
        if (reset == null) {
            throw new AssertionError("within 30 s: RST_STREAM");
        }
        return reset;
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                open.add(connection);
                accepted.incrementAndGet();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException closed) {
            // That is the end.
        }
    }

    private void serve(Socket accepting) {
        try (accepting) {
            DataInputStream in = new DataInputStream(accepting.getInputStream());
            Connection connection = new Connection(endpoint().authority(), accepting.getOutputStream());
            if (upgrades) {
                readUpgrade(in);
                connection.upgraded();
            }
            in.readFully(new byte[PREFACE_BYTES]);
            connection.write(new Frame(SETTINGS, 0, 0));
            if (upgrades) {
                asked(connection, 1);
            }
            while (true) {
                read(Frame.read(in), connection);
            }
        } catch (IOException closed) {
            open.remove(accepting);
        }
    }

    private static void readUpgrade(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(EMPTY_LINE) < 0) {
            head.append((char) in.readUnsignedByte());
        }
    }

    private void read(Frame frame, Connection connection) throws IOException {
        if (frame.type == SETTINGS && frame.flags != ACK) {
            connection.write(new Frame(SETTINGS, ACK, 0));
        } else if (frame.type == HEADERS) {
            asked(connection, frame.stream);
        } else if (frame.type == RST_STREAM) {
            resets.add(frame);
        }
    }

    private void asked(Connection connection, int stream) throws IOException {
        answer.answer(connection, stream);
        requests.add(stream);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
        threads.shutdownNow();
    }

    /** What to do with a request. */
    @FunctionalInterface
    interface Answer {
        void answer(Connection connection, int stream) throws IOException;
    }

    /** A connection, to be written to. */
    static final class Connection {

        private final String authority;
        private final OutputStream out;

        private Connection(String authority, OutputStream out) {
            this.authority = authority;
            this.out = out;
        }

        /** The Pod's own. */
        String authority() {
            return authority;
        }

        private void upgraded() throws IOException {
            out.write(("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c" + EMPTY_LINE)
                    .getBytes(ISO_8859_1));
        }

        private void write(Frame frame) throws IOException {
            out.write(frame.bytes());
        }

        /** Sends a whole answer with status 200. */
        void answer(int stream, String body) throws IOException {
            ok(stream);
            body(stream, body);
            end(stream);
        }

        /** Sends a head with status 200. */
        void ok(int stream) throws IOException {
            write(new Frame(HEADERS, END_HEADERS, stream, (byte) 0x88));
        }

        /** Sends a part of a body. */
        void body(int stream, String text) throws IOException {
            write(new Frame(0, 0, stream, text.getBytes(ISO_8859_1)));
        }

        /** Sends the end of a body. */
        void end(int stream) throws IOException {
            write(new Frame(0, END_STREAM, stream));
        }

        /**
         * Promises an answer to a request that nobody has made yet.
         *
         * @param stream on which that is said
         * @param promised on which the answer will come
         * @param fields name and value of each header
         */
        void promise(int stream, int promised, String... fields) throws IOException {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(promised).array());
            for (int i = 0; i < fields.length; i += 2) {
                // Literal, not to be indexed, with its name (RFC 7541, section 6.2.2).
                block.write(0);
                text(fields[i], block);
                text(fields[i + 1], block);
            }
            write(new Frame(PUSH_PROMISE, END_HEADERS, stream, block.toByteArray()));
        }

        private static void text(String text, ByteArrayOutputStream block) {
            block.write(text.length());
            block.writeBytes(text.getBytes(ISO_8859_1));
        }
    }

    /** A frame (RFC 9113, section 4.1). */
    record Frame(int type, int flags, int stream, ByteBuffer payload) {

        private static final int HEAD = 9;

        Frame(int type, int flags, int stream, byte... payload) {
            this(type, flags, stream, ByteBuffer.wrap(payload));
        }

        static Frame read(DataInputStream in) throws IOException {
            int length = in.readUnsignedShort() << Byte.SIZE | in.readUnsignedByte();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new Frame(type, flags, stream, payload);
        }

        byte[] bytes() {
            int length = payload.remaining();
            return ByteBuffer.allocate(HEAD + length)
                    .putShort((short) (length >> Byte.SIZE))
                    .put((byte) length)
                    .put((byte) type)
                    .put((byte) flags)
                    .putInt(stream)
                    .put(payload.duplicate())
                    .array();
        }

        /** Why a stream was reset (RFC 9113, section 7). */
        int errorCode() {
            return payload.getInt(0);
        }
    }
}
