package io.serviceresolver.call;

/** How a call to an endpoint ended, as far as it says something about the endpoint. */
public enum Outcome {
    /** The endpoint answered as it should, be it to refuse a bad request. */
    SUCCESS,
    /** The endpoint answered that it could not: HTTP 5xx. */
    SERVER_ERROR,
    /** No connection came about: nothing was sent. */
    CONNECT_FAILED,
    /** The connection broke or the answer was no answer. */
    IO_ERROR,
    /** There was no answer in time. */
    TIMEOUT,
    /** The caller lost interest. Says nothing about the endpoint. */
    CANCELLED,
    /** The lease was closed without saying how the call ended. Says nothing about the endpoint. */
    UNREPORTED
}
