package io.serviceresolver.check;

import java.util.List;

/** Says nothing: that there is a connection is enough. */
record TcpProtocol() implements Protocol {

    @Override
    public ProbeResult ask(Connection connection) {
        return ProbeResult.passed();
    }

    @Override
    public List<String> alpn() {
        return List.of();
    }

    @Override
    public String label() {
        return "TCP";
    }
}
