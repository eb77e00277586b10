package io.serviceresolver.call;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The attempts at one call, for whoever makes them by hand: each on an endpoint that was not tried yet. Thread-safe, but
 * made to be used by one attempt at a time, and the hedge beside it.
 *
 * <pre>{@code
 * Attempts attempts = handle.attempts(CallOptions.DEFAULT.idempotent());
 * Lease lease = attempts.acquire();
 * ... call lease.endpoint() ...
 * lease.complete(outcome);
 * attempts.next(outcome, Duration.ZERO).ifPresent(wait -> ... attempts.pause(wait), then acquire() again ...);
 * }</pre>
 */
public interface Attempts {

    /**
     * Picks the endpoint for an attempt, and blocks for that as {@code ServiceHandle.acquire} does, but no longer than the
     * call may take.
     *
     * @return the lease: close it
     */
    Lease acquire();

    /**
     * Picks the endpoint for an attempt, without blocking.
     *
     * @return completes with a lease to close
     */
    CompletableFuture<Lease> acquireAsync();

    /**
     * Says how the attempt ended, and asks whether to make another one. An attempt that was said to have gone well, at the
     * head of its answer, may be said to have failed after that: the success does not count then.
     *
     * @param outcome how it ended
     * @param retryAfter how long the endpoint asked to be left alone; zero where it did not
     * @return how long to wait before the next attempt, which may be not at all; empty: there is to be none
     */
    Optional<Duration> next(Outcome outcome, Duration retryAfter);

    /**
     * Waits for the next attempt, without blocking.
     *
     * @param wait how long, as {@link #next} said
     * @return completes when that is over, or fails with an {@link IllegalStateException} when the resolver is closed;
     *     may be cancelled
     */
    CompletableFuture<Void> pause(Duration wait);

    /**
     * How long after the first attempt was begun to {@link #hedge}, where the call is still not answered: empty: not at all,
     * as where nobody asked for it, the call may not be repeated, or too little is known of how long such calls take.
     */
    Optional<Duration> hedgeAfter();

    /**
     * Picks the endpoint for an attempt beside those under way. Whoever calls it makes sure that {@link #next} is asked for
     * the last of them only, and closes the lease of the one that is cancelled as {@link Outcome#CANCELLED}.
     *
     * @return the lease: close it; empty where there is no other endpoint, or the policy or its budget allow no more
     */
    Optional<Lease> hedge();

    /** How much time is left for the call: empty where it is not limited; zero where it is over. */
    Optional<Duration> remaining();
}
