package io.serviceresolver.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** One connection through a {@link TcpProxy}: two directions, each on a thread of its own. */
final class TcpProxyLink {

    private static final int BUFFER = 8192;

    private final Socket client;
    private final Socket server;
    private final TcpProxyValve valve;
    private final CountDownLatch directions = new CountDownLatch(2);

    /** Written by {@link #endAnswers}, read by the thread of the answers, which throws away what comes then. */
    private volatile boolean answersEnded;

    TcpProxyLink(Socket client, Socket server, TcpProxyValve valve) {
        this.client = client;
        this.server = server;
        this.valve = valve;
    }

    void requests() {
        pump(client, server, () -> true);
    }

    void answers() {
        pump(server, client, () -> !answersEnded);
    }

    private void pump(Socket from, Socket to, BooleanSupplier writable) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (valve.awaitPassing() && writable.getAsBoolean()) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
            valve.awaitPassing();
            to.shutdownOutput();
        } catch (IOException e) {
            reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
        } finally {
            directions.countDown();
        }
    }

    void awaitEnd() throws InterruptedException {
        directions.await();
    }

    void endAnswers() {
        answersEnded = true;
        try {
            client.shutdownOutput();
        } catch (IOException e) {
            reset();
        }
    }

    void reset() {
        reset(client);
        reset(server);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            closeQuietly(socket);
        }
    }

    /** Setting an option of a socket that is closed already fails, and is no fault. */
    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
