package io.serviceresolver.k8s;

import java.time.Duration;

/**
 * Why a request came to nothing.
 *
 * @param kind what to make of it
 * @param reason for an error message and the log: one line, no secrets
 * @param retryAfter how long the server asked to be left alone; zero where it did not
 */
record ApiFailure(Kind kind, String reason, Duration retryAfter) {

    /** What to make of a failure. */
    enum Kind {
        /** No connection, or it broke: the server may be back soon. */
        UNREACHABLE,
        /** The server is not the one it should be, or the client is not set up: its files are to be read anew. */
        UNTRUSTED,
        /** No answer in time, while the connection stayed open. */
        SILENT,
        /** The version is too old for the server, or too new: only a new list helps. */
        EXPIRED,
        /** The server has too much to do, or an error of its own: 429 or 5xx. */
        BUSY,
        /** The token was not accepted. */
        UNAUTHORIZED,
        /** The access rules do not allow it. */
        FORBIDDEN,
        /** The server does not know this API. */
        UNKNOWN_API,
        /** The server does not take it: another 4xx. */
        REJECTED,
        /** The answer made no sense. */
        GARBLED,
        /** A list that is too large in one piece. */
        TOO_LARGE
    }

    ApiFailure(Kind kind, String reason) {
        this(kind, reason, Duration.ZERO);
    }

    /** Whether it will hardly be otherwise in a minute. */
    boolean lasting() {
        return kind == Kind.FORBIDDEN || kind == Kind.UNKNOWN_API;
    }
}
