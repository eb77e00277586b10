package io.serviceresolver.check;

import io.serviceresolver.endpoint.Endpoint;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What an endpoint is asked. Immutable. */
sealed interface Question permits NetworkQuestion, OwnQuestion {

    /**
     * Asks; blocks where it wants to.
     *
     * @param endpoint whom
     * @param service what the service is called; null where it has no name
     * @param lifeline what ends it
     * @throws Exception if the check has failed
     */
    CompletionStage<ProbeResult> ask(Endpoint endpoint, @Nullable String service, Lifeline lifeline) throws Exception;

    /** In a word or two, for people. */
    String label();
}
