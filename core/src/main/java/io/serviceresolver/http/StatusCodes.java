package io.serviceresolver.http;

/** What the status of an answer says of the Pod (RFC 9110, section 15.6). */
final class StatusCodes {

    static final int UNAVAILABLE = 503;

    private static final int SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private StatusCodes() {}

    static boolean isServerError(int status) {
        return status >= SERVER_ERROR;
    }

    /** Whether another Pod, or the same one later, may well do better. */
    static boolean isPassing(int status) {
        return status == BAD_GATEWAY || status == UNAVAILABLE || status == GATEWAY_TIMEOUT;
    }
}
