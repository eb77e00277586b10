package io.serviceresolver.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** How a call to an endpoint ended, as far as it says something about the endpoint. */
public enum Outcome {
    /** The endpoint answered as it should, be it to refuse a bad request. */
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
     * What an exception says of the endpoint. Its causes are not looked at, but for what a future or
     * {@link UncheckedIOException} wrapped: a connection that failed deep inside may be one to somebody else.
     *
     * @param failure why a call failed
     * @return {@link #UNREPORTED} where it says nothing, as an exception of the caller's own code
     */
    public static Outcome of(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapped = failure instanceof CompletionException
                || failure instanceof ExecutionException
                || failure instanceof UncheckedIOException;
        return ofOne(wrapped && cause != null ? cause : failure);
    }

    private static Outcome ofOne(Throwable failure) {
        if (failure instanceof CancellationException || failure instanceof InterruptedException) {
            return CANCELLED;
        }
        boolean connect = failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof HttpConnectTimeoutException;
        if (connect) {
            return CONNECT_FAILED;
        }
        boolean late = failure instanceof HttpTimeoutException
                || failure instanceof SocketTimeoutException
                || failure instanceof TimeoutException;
        if (late) {
            return TIMEOUT;
        }
        return failure instanceof IOException ? IO_ERROR : UNREPORTED;
    }
}
