package io.serviceresolver.source;

/** Takes the answers of a source about one service. May be called by any thread, and does not block. */
@FunctionalInterface
public interface SourceListener {

    /**
     * Takes an answer, which replaces the one before it. Answers of one subscription are given one after the other;
     * what arrives after the subscription was closed is ignored.
     *
     * @param answer what the source knows now
     */
    void onAnswer(SourceAnswer answer);
}
