package io.serviceresolver.call;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** What failures of the JDK's own types say of an endpoint. */
final class JdkFailures {

    private JdkFailures() {}

    /** {@link Outcome#UNREPORTED} where it says nothing. */
    static Outcome read(Throwable failure) {
        if (failure instanceof CancellationException || failure instanceof InterruptedException) {
            return Outcome.CANCELLED;
        }
        boolean connect = failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof HttpConnectTimeoutException;
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
}
