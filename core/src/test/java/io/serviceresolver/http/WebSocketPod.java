package io.serviceresolver.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.serviceresolver.endpoint.Endpoint;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A Pod that speaks WebSocket (RFC 6455), and sends back each frame, the one that closes too. */
final class WebSocketPod implements AutoCloseable {

    private static final String ACCEPTED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
    private static final int SHORT = 126;

    private final ServerSocket server;
    private final Thread accepting = new Thread(this::accept, "websocket-pod");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final String answer;

    /** The heads of all requests. */
    final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

    private WebSocketPod(ServerSocket server, String answer) {
        this.server = server;
        this.answer = answer;
        accepting.start();
    }

    static WebSocketPod start(String address) throws IOException {
        return answering(address, ACCEPTED);
    }

    /** One that takes none, but answers so. */
    static WebSocketPod answering(String address, String head) throws IOException {
        return new WebSocketPod(new ServerSocket(0, 50, InetAddress.getByName(address)), head);
    }

    static WebSocketPod start(String address, SSLContext context) throws IOException {
        InetAddress local = InetAddress.getByName(address);
        return new WebSocketPod(context.getServerSocketFactory().createServerSocket(0, 50, local), ACCEPTED);
    }

    Endpoint endpoint() {
        return Endpoint.of(server.getInetAddress().getHostAddress(), server.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            // That is the end.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String head = head(in);
            heads.add(head);
            socket.getOutputStream().write(handshake(head).getBytes(ISO_8859_1));
            while (answer.equals(ACCEPTED) && echo(in, socket.getOutputStream())) {
                // Until it closes.
            }
        } catch (IOException | NoSuchAlgorithmException gone) {
            // The other side is gone.
        } finally {
            open.remove(socket);
        }
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    private String handshake(String head) throws NoSuchAlgorithmException {
        if (!answer.equals(ACCEPTED)) {
            return answer + "Content-Length: 0\r\n\r\n";
        }
        String key = header(head, "Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(key.getBytes(ISO_8859_1));
        String protocol = header(head, "Sec-WebSocket-Protocol");
        return ACCEPTED
                + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(hash) + "\r\n"
                + (protocol == null ? "" : "Sec-WebSocket-Protocol: " + protocol.replaceAll(",.*", "") + "\r\n")
                + "\r\n";
    }

    static @Nullable String header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(null);
    }

    /** Sends one short frame back, unmasked: whether there will be more. */
    private static boolean echo(DataInputStream in, OutputStream out) throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte() & 0x7f;
        if (length >= SHORT) {
            throw new EOFException("too long for a test");
        }
        byte[] mask = in.readNBytes(4);
        byte[] frame = new byte[length + 2];
        frame[0] = (byte) first;
        frame[1] = (byte) length;
        for (int i = 0; i < length; i++) {
            frame[i + 2] = (byte) (in.readByte() ^ mask[i % 4]);
        }
        out.write(frame);
        return (first & 0x0f) != 8;
    }

    /** Closes all connections, and goes on listening. */
    void dropAll() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** A connect is refused once this returns, as the kernel listens for as long as a thread accepts. */
    @Override
    public void close() throws IOException {
        server.close();
        try {
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dropAll();
        threads.shutdownNow();
    }
}
