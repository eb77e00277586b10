package io.serviceresolver.benchmarks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ServerSocketFactory;

/**
 * A server in a process of its own that does as little as one can for a request without a body: a thread for each
 * connection, and always the same answer.
 */
final class EchoServer {

    private static final int BODY = 100;
    private static final byte[] ANSWER =
            ("HTTP/1.1 200 OK\r\nContent-Length: " + BODY + "\r\n\r\n" + "x".repeat(BODY)).getBytes(US_ASCII);
    private static final int BACKLOG = 64;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private EchoServer() {}

    /**
     * Serves until its standard input ends.
     *
     * @param args the file of the key for TLS; none for a server without TLS
     */
    public static void main(String... args) throws IOException, GeneralSecurityException {
        ServerSocketFactory sockets = args.length == 0
                ? ServerSocketFactory.getDefault()
                : ServerKey.of(Path.of(args[0])).context().getServerSocketFactory();
        ServerSocket server = sockets.createServerSocket(0, BACKLOG, InetAddress.getByAddress(LOOPBACK));
        System.out.println(server.getLocalPort());
        daemon(() -> {
            while (true) {
                Socket connection = server.accept();
                daemon(() -> serve(connection));
            }
        });
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    private static void serve(Socket connection) throws IOException {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (readHead(in)) {
                connection.getOutputStream().write(ANSWER);
            }
        }
    }

    /** Reads to the empty line: false at the end of the connection. */
    private static boolean readHead(InputStream in) throws IOException {
        int newlines = 0;
        while (newlines < 2) {
            int read = in.read();
            if (read < 0) {
                return false;
            }
            if (read == '\n') {
                newlines++;
            } else if (read != '\r') {
                newlines = 0;
            }
        }
        return true;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                System.err.println(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }
}
