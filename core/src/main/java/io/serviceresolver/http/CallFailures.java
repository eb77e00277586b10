package io.serviceresolver.http;

import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.call.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** What a failure says, to the balancer and to the caller. */
final class CallFailures {

    private CallFailures() {}

    /** What a failure says of the Pod. */
    static Outcome outcome(Throwable failure) {
        if (failure instanceof CancellationException || failure instanceof InterruptedException) {
            return Outcome.CANCELLED;
        }
        boolean connect = failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof NoRouteToHostException;
        if (connect) {
            return Outcome.CONNECT_FAILED;
        }
        if (failure instanceof HttpTimeoutException) {
            return Outcome.TIMEOUT;
        }
        return failure instanceof IOException ? Outcome.IO_ERROR : Outcome.UNREPORTED;
    }

    /** The failure itself, where a future wrapped it. */
    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }

    /** That there is no endpoint, as users of an HttpClient expect it. */
    static ConnectException noEndpoints(NoEndpointsException failure) {
        ConnectException e = new ConnectException(failure.getMessage());
        e.initCause(failure);
        return e;
    }
}
