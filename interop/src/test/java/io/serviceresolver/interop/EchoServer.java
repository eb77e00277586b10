package io.serviceresolver.interop;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server that answers with what it saw: {@code HTTP/1.1 skippy /orders?id=7}. */
interface EchoServer extends AutoCloseable {

    /** The loopback address that all of them listen on. */
    String ADDRESS = "127.0.4.1";

    /** Where it speaks in the clear. */
    int port();

    /** Where it speaks TLS. */
    int tlsPort();

    @Override
    void close();

    /**
     * What to answer with.
     *
     * @param protocol such as {@code HTTP/2.0}
     * @param host the Host header or the authority, as the server shows it to the application
     * @param target what the application sees in the place of path and query
     */
    static String seen(String protocol, @Nullable String host, @Nullable String target) {
        return protocol.replace("HTTP/2.0", "HTTP/2") + " " + Objects.requireNonNullElse(host, "-") + " "
                + Objects.requireNonNullElse(target, "-");
    }
}
