package io.serviceresolver.call;

/** How a call to an endpoint ended, as far as it says something about the endpoint. */
public enum Outcome {
    /** The endpoint answered as it should, be it to refuse a bad request. The call may have failed for that, but not by its endpoint. */
    SUCCESS,
    /** The endpoint answered that it could not: HTTP 5xx. */
    SERVER_ERROR,
    /** No connection came about, or the endpoint refused the call before it looked at it: nothing was done. */
    CONNECT_FAILED,
    /** The connection broke or the answer was no answer. */
    IO_ERROR,
    /** There was no answer in time. */
    TIMEOUT,
    /** The caller lost interest. Says nothing about the endpoint. */
    CANCELLED,
    /** The lease was closed without saying how the call ended. Says nothing about the endpoint. */
    UNREPORTED;

    /**
     * What an exception says of the endpoint, by itself and its causes.
     *
     * <p>Known are the JDK's own types for connections, handshakes of TLS, time-outs and cancellation; those of JDBC ({@code SQLException}), by their type and the
     * class 08 of their SQLSTATE, all others being answers of a database that works, and so {@link #SUCCESS}; those of gRPC-java ({@code
     * StatusRuntimeException}, {@code StatusException}), by their code: {@code UNAVAILABLE}, {@code INTERNAL}, {@code UNKNOWN} and
     * {@code DATA_LOSS} are a {@link #SERVER_ERROR}, {@code DEADLINE_EXCEEDED} is a {@link #TIMEOUT}, {@code CANCELLED} is {@link
     * #CANCELLED}, and all others are answers.
     *
     * <p>A connection that did not come about, anywhere among the causes, is {@link #CONNECT_FAILED}; else the outermost exception that
     * is known decides. So whoever connects to somebody else, too, while it calls the endpoint, does not let failures of that pass as
     * they are, or tells them by {@link CallOptions#outcomes}.
     *
     * @param failure why a call failed
     * @return {@link #UNREPORTED} where it says nothing, as an exception of the caller's own code
     */
    public static Outcome of(Throwable failure) {
        return KnownFailures.read(failure);
    }
}
