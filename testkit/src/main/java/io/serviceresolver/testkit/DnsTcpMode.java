package io.serviceresolver.testkit;

/** What a {@link DnsServer} does with queries over TCP, whatever it would answer. */
public enum DnsTcpMode {
    /** Answers them. */
    ANSWER,
    /** Refuses connections: nothing listens. */
    REFUSE,
    /** Takes connections and queries, and says nothing. */
    BLACK_HOLE,
    /** Closes the connection in the middle of the answer. */
    CUT,
    /** Announces one byte less than it sends. */
    SHORT_LENGTH,
    /** Announces one byte more than it sends, and keeps the connection open. */
    LONG_LENGTH
}
