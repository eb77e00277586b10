package io.serviceresolver.call;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/** What failures of the JDK's own types say of an endpoint. */
final class JdkFailures {

    private static final String LATE_CONNECT = "connect timed out";

    private JdkFailures() {}

    /** {@link Outcome#UNREPORTED} where it says nothing. */
    static Outcome read(Throwable failure) {
        if (failure instanceof CancellationException || failure instanceof InterruptedException) {
            return Outcome.CANCELLED;
        }
        boolean connect = failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof HttpConnectTimeoutException
                // The endpoint could not prove who it is, or did not believe us: nobody read a request.
                || failure instanceof SSLHandshakeException
                || isLateConnect(failure);
        if (connect) {
            return Outcome.CONNECT_FAILED;
        }
        boolean late = failure instanceof HttpTimeoutException
                || failure instanceof SocketTimeoutException
                || failure instanceof TimeoutException;
        if (late) {
            return Outcome.TIMEOUT;
        }
        return failure instanceof IOException ? Outcome.IO_ERROR : Outcome.UNREPORTED;
    }

    /** Whether a plain socket got no connection in time: there is no other way to see it. */
    private static boolean isLateConnect(Throwable failure) {
        return failure instanceof SocketTimeoutException && LATE_CONNECT.equalsIgnoreCase(failure.getMessage());
    }
}
