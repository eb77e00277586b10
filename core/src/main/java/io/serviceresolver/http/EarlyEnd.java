package io.serviceresolver.http;

import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Why an exchange was ended before its answer was complete, if it was, and the body that ends with it: whichever comes
 * later finds the other. Thread-safe.
 */
final class EarlyEnd {

    /** The body that is being read, if it is counted. Written by the thread that read the head. */
    private volatile @Nullable CountedBody<?> body;

    /** That its time was over. Written by its timer, or the one of all attempts. */
    private volatile @Nullable HttpTimeoutException expired;

    /** That nobody wants a body any more. Written by whoever gave the call up. */
    private volatile @Nullable IOException givenUp;

    /** Whether a body that comes now is to be ended. */
    boolean isDue() {
        return expired != null || givenUp != null;
    }

    /** A body is about to be read. */
    void opened(CountedBody<?> counted) {
        body = counted;
        endBody();
    }

    /** The body that is being read, if it is counted. */
    @Nullable
    CountedBody<?> body() {
        return body;
    }

    void expire(HttpTimeoutException timeout) {
        expired = timeout;
    }

    void giveUp() {
        givenUp = new IOException("the call was given up");
    }

    /** Ends the body, if there is one and a reason to. */
    void endBody() {
        CountedBody<?> open = body;
        IOException why = expired == null ? givenUp : expired;
        if (open != null && why != null) {
            open.fail(why);
        }
    }

    /** Why there is no response: not because its exchange was ended, where that was because its time was over. */
    Throwable reason(Throwable failure) {
        HttpTimeoutException timeout = expired;
        boolean endedByUs = failure instanceof CancellationException || failure instanceof IOException;
        // The client's own time-out, which says more: nothing was sent.
        boolean unsent = failure instanceof HttpConnectTimeoutException;
        return timeout != null && endedByUs && !unsent ? timeout : failure;
    }
}
