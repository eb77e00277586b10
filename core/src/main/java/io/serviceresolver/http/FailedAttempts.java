package io.serviceresolver.http;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;

/** Where the attempts at one request went that failed. Thread-safe. */
final class FailedAttempts {

    private final Target service;

    /** Guarded by this. */
    private final List<String> all = new ArrayList<>(1);

    FailedAttempts(Target service) {
        this.service = service;
    }

    /** Notes an attempt, unless its end says nothing of the Pod. */
    synchronized void add(Endpoint at, Outcome outcome) {
        if (outcome != Outcome.UNREPORTED && outcome != Outcome.CANCELLED) {
            all.add(at.authority() + " " + outcome);
        }
    }

    /**
     * What the caller gets: the failure of the last attempt, where all of them are among what is suppressed; one more of its kind
     * that says it, where it says nothing, as the JDK's of a connection that was refused.
     */
    synchronized IOException explained(IOException last) {
        if (all.isEmpty()) {
            return last;
        }
        String message = service + ": " + all.size() + (all.size() == 1 ? " attempt" : " attempts") + " failed ("
                + String.join(", ", all) + ")";
        if (last instanceof ConnectException && last.getMessage() == null) {
            ConnectException explained = new ConnectException(message);
            explained.initCause(last);
            return explained;
        }
        last.addSuppressed(new IOException(message));
        return last;
    }
}
