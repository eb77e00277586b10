package io.serviceresolver.call;

import io.serviceresolver.endpoint.Endpoint;

/**
 * One call to one endpoint: from when the endpoint was picked until the lease is closed, the call counts as in flight
 * there. Thread-safe. The first of {@link #complete}, {@link #success}, {@link #failure} and {@link #close} ends the lease, all
 * later ones have no effect, so it is well used by {@code try}-with-resources. What is closed without a word says nothing of the endpoint:
 * one that fails is left alone only where failures are reported.
 *
 * <pre>{@code
 * try (Lease lease = handle.acquire()) {
 *     try {
 *         ... call lease.endpoint() ...
 *         lease.success();
 *     } catch (IOException e) {
 *         lease.failure(e);
 *         throw e;
 *     }
 * }
 * }</pre>
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

    /**
     * Ends the lease: the call failed. What that says of the endpoint is told by {@link Outcome#of}.
     *
     * @param failure why it failed
     */
    default void failure(Throwable failure) {
        complete(Outcome.of(failure));
    }

    /** Ends the lease without saying how the call ended. */
    @Override
    default void close() {
        complete(Outcome.UNREPORTED);
    }
}
