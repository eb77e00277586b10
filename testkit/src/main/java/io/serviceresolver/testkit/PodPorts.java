package io.serviceresolver.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds one port on several addresses. */
final class PodPorts {

    private static final int ATTEMPTS = 50;

    private PodPorts() {}

    /**
     * Starts servers with one port: the given one, or else the one that the first got, unless another has it taken,
     * when all start again.
     */
    static <S extends AutoCloseable> List<S> bind(int size, int port, Starter<S> starter) {
        UncheckedIOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<S> started = new ArrayList<>();
            try {
                int shared = port == 0 ? free() : port;
                for (int number = 1; number <= size; number++) {
                    started.add(starter.start(number, shared));
                }
                return List.copyOf(started);
            } catch (UncheckedIOException e) {
                started.forEach(PodPorts::closeQuietly);
                if (port != 0 || !(e.getCause() instanceof BindException)) {
                    throw e;
                }
                last = suppress(e, last);
            }
        }
        throw last == null ? new IllegalStateException("no attempt") : last;
    }

    private static UncheckedIOException suppress(UncheckedIOException e, @Nullable UncheckedIOException earlier) {
        if (earlier != null) {
            e.addSuppressed(earlier);
        }
        return e;
    }

    /** A port that nobody has on any address at this moment. */
    private static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts one server. */
    @FunctionalInterface
    interface Starter<S> {
        S start(int number, int port);
    }
}
