package io.serviceresolver.call;

import io.serviceresolver.endpoint.Endpoint;

/**
 * One call to one endpoint: from when the endpoint was picked until the lease is closed, the call counts as in flight
 * there. Thread-safe. The first of {@link #complete}, {@link #success} and {@link #close} ends the lease, all later
 * ones have no effect, so it is well used by {@code try}-with-resources.
 */
public interface Lease extends AutoCloseable {

    /** The endpoint to call. */
    Endpoint endpoint();

    /**
     * Ends the lease.
     *
     * @param outcome how the call ended
     */
    void complete(Outcome outcome);

    /** Ends the lease: the call went well. */
    default void success() {
        complete(Outcome.SUCCESS);
    }

    /** Ends the lease without saying how the call ended. */
    @Override
    default void close() {
        complete(Outcome.UNREPORTED);
    }
}
