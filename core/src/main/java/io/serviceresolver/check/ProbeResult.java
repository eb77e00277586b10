package io.serviceresolver.check;

import io.serviceresolver.text.Printable;

/** What came of asking an endpoint once. Immutable. */
public sealed interface ProbeResult {

    /** It works. */
    static ProbeResult passed() {
        return Passed.INSTANCE;
    }

    /**
     * It does not work.
     *
     * @param reason a few words, such as {@code HTTP 503}: escaped, and cut after 200 characters
     * @return the result
     */
    static ProbeResult failed(String reason) {
        return new Failed(reason);
    }

    /** It works. */
    enum Passed implements ProbeResult {
        /** The only one. */
        INSTANCE
    }

    /**
     * It does not work.
     *
     * @param reason a few words of printable ASCII
     */
    record Failed(String reason) implements ProbeResult {

        /** Escapes and cuts the reason. */
        public Failed {
            reason = Printable.of(reason);
        }
    }
}
