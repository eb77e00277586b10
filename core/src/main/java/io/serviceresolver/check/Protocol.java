package io.serviceresolver.check;

import java.io.IOException;
import java.util.List;

/** What is said over a connection. Immutable. */
sealed interface Protocol permits HttpProtocol, TcpProtocol, GrpcProtocol {

    /**
     * Asks, and reads the answer. All that is read is bounded; how long it takes is not: the connection is closed when
     * time is over.
     *
     * @throws IOException if there is no proper answer
     */
    ProbeResult ask(Connection connection) throws IOException;

    /** What it is called in TLS (RFC 7301); empty where it has no name. */
    List<String> alpn();

    /** In a word or two, for people. */
    String label();
}
