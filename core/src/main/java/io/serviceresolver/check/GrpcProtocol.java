package io.serviceresolver.check;

import io.serviceresolver.text.BadInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The gRPC Health Checking Protocol: one call of {@code grpc.health.v1.Health/Check}. Over cleartext HTTP/2 is spoken
 * without asking (prior knowledge), as gRPC does.
 *
 * @param service which service of the server; empty for the server as a whole
 */
record GrpcProtocol(String service) implements Protocol {

    private static final Pattern SERVICE = Pattern.compile("[!-~]{0,255}");

    GrpcProtocol {
        if (!SERVICE.matcher(service).matches()) {
            throw BadInput.of("service", service, "the name of a gRPC service, 255 characters at most");
        }
    }

    @Override
    public ProbeResult ask(Connection connection) throws IOException {
        DataOutputStream out = new DataOutputStream(connection.out());
        return new GrpcHealthCall(new DataInputStream(connection.in()), out)
                .call(connection.scheme(), connection.authority(), service);
    }

    @Override
    public List<String> alpn() {
        return List.of("h2");
    }

    @Override
    public String label() {
        return service.isEmpty() ? "gRPC" : "gRPC " + service;
    }
}
