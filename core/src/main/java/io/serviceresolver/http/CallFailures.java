package io.serviceresolver.http;

import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.call.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What a failure says, to the balancer and to the caller. */
final class CallFailures {

    /** What the JDK says of an HTTP/2 stream that was refused, until Java 23. */
    private static final String REFUSED_STREAM = "Stream not processed";

    /** What newer ones say, after they have tried it once more. */
    private static final String NOT_PROCESSED = "request not processed by peer";

    /** What the JDK says of a request for which HTTP/2 has no stream left, as it makes no second connection. */
    private static final String TOO_MANY_STREAMS = "too many concurrent streams";

    /** What the JDK, and a relay, say where the client itself was closed: to calls that begin, and to those under way. */
    private static final Set<String> CLOSING = Set.of("closed", "shutdownNow", "selector manager closed");

    private CallFailures() {}

    /** What a failure says of the Pod, where it was not the caller's own code that failed. */
    static Outcome outcome(Throwable failure) {
        if (isOurs(failure)) {
            return Outcome.CANCELLED;
        }
        boolean connect = failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof NoRouteToHostException
                // The Pod is none of the service, or could not prove it, or did not believe us: nobody read a request.
                || isFrom(SSLHandshakeException.class, failure)
                || isUnprocessed(failure)
                || isCrowded(failure);
        if (connect) {
            return Outcome.CONNECT_FAILED;
        }
        if (failure instanceof HttpTimeoutException) {
            return Outcome.TIMEOUT;
        }
        boolean broken = failure instanceof IOException && !isFrom(RejectedExecutionException.class, failure);
        // What the JDK makes of a Content-Length that is no number.
        boolean malformed = isFrom(NumberFormatException.class, failure);
        return broken || malformed ? Outcome.IO_ERROR : Outcome.UNREPORTED;
    }

    /**
     * Whether as many calls are under way to the Pod as it takes at a time over HTTP/2. Nothing was sent, and it is no fault of the
     * Pod's, which may be fast.
     */
    static boolean isCrowded(Throwable failure) {
        String message = failure.getMessage();
        return failure instanceof IOException && message != null && message.contains(TOO_MANY_STREAMS);
    }

    /** Whether we have ended the call ourselves. */
    private static boolean isOurs(Throwable failure) {
        return failure instanceof CancellationException
                || failure instanceof InterruptedException
                || isClosing(failure);
    }

    /** Whether our own client was closed. Its failures are of no kind of their own. */
    private static boolean isClosing(Throwable failure) {
        String message = failure.getMessage();
        return failure instanceof IOException && message != null && CLOSING.contains(message);
    }

    /** Whether the Pod said that it did not look at the request (RFC 9113, section 8.7). There is no other way to see it. */
    private static boolean isUnprocessed(Throwable failure) {
        String message = failure.getMessage();
        return failure instanceof IOException
                && message != null
                && (message.endsWith(REFUSED_STREAM) || message.endsWith(NOT_PROCESSED));
    }

    /** Whether a failure is of a kind, or is what {@code send} made of one. */
    private static boolean isFrom(Class<? extends Throwable> kind, Throwable failure) {
        return kind.isInstance(failure) || kind.isInstance(failure.getCause());
    }

    /** The failure itself, where a future wrapped it. */
    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }

    /** That a timer found time to be over, by one who shows where the caller was. */
    static HttpTimeoutException late(HttpTimeoutException timers) {
        HttpTimeoutException e = new HttpTimeoutException(timers.getMessage());
        e.initCause(timers);
        return e;
    }

    /**
     * Has the failure of a call that was to be made again show why.
     *
     * @param obstacle why there is no further attempt
     * @param before why the last one failed; null where it was answered, or there was none
     */
    static void show(Throwable obstacle, @Nullable Throwable before) {
        if (before != null && before != obstacle) {
            obstacle.addSuppressed(before);
        }
    }

    /** That there is no endpoint, as users of an HttpClient expect it. */
    static ConnectException noEndpoints(NoEndpointsException failure) {
        ConnectException e = new ConnectException(failure.getMessage());
        e.initCause(failure);
        return e;
    }
}
