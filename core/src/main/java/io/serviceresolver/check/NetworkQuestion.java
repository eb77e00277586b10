package io.serviceresolver.check;

import io.serviceresolver.endpoint.Endpoint;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A question that is asked over a connection of its own. Immutable. */
record NetworkQuestion(Way way, Protocol protocol) implements Question {

    @Override
    public CompletionStage<ProbeResult> ask(Endpoint endpoint, @Nullable String service, Lifeline lifeline)
            throws IOException {
        try (Connection connection = way.connect(endpoint, service, protocol.alpn(), lifeline)) {
            return CompletableFuture.completedFuture(protocol.ask(connection));
        }
    }

    NetworkQuestion over(Way other) {
        return new NetworkQuestion(other, protocol);
    }

    @Override
    public String label() {
        return protocol.label();
    }
}
