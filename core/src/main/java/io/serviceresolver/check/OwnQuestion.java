package io.serviceresolver.check;

import io.serviceresolver.endpoint.Endpoint;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A user's own way to ask. */
record OwnQuestion(Probe probe) implements Question {

    @Override
    public CompletionStage<ProbeResult> ask(Endpoint endpoint, @Nullable String service, Lifeline lifeline)
            throws Exception {
        CompletionStage<ProbeResult> stage = probe.probe(endpoint);
        lifeline.tie(stage);
        return stage;
    }

    @Override
    public String label() {
        return "own";
    }
}
