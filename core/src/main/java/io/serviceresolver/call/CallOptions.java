package io.serviceresolver.call;

import io.serviceresolver.text.Durations;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a call besides what it does. Immutable; each method makes new options.
 *
 * @param repeatable whether it may be made again after it may have had an effect
 * @param timeout how long it may take in all, retries and waits included; zero: as long as it takes
 * @param attemptTimeout how long each attempt may take; zero: as long as it takes
 * @param hedging when to make it a second time while it goes on; null: never
 * @param outcomes what a failure says of the endpoint
 */
public record CallOptions(
        Repeatable repeatable,
        Duration timeout,
        Duration attemptTimeout,
        @Nullable Hedging hedging,
        Function<Throwable, Outcome> outcomes) {

    /** Made once where it may have had an effect, for as long as it takes. */
    public static final CallOptions DEFAULT =
            new CallOptions(Repeatable.NO, Duration.ZERO, Duration.ZERO, null, Outcome::of);

    /** Whether a call may be made again after it may have had an effect. */
    public enum Repeatable {
        /** It may not: it is made again only where it cannot have reached an endpoint. */
        NO,
        /** It may: making it twice is as good as making it once (RFC 9110, section 9.2.2). */
        IDEMPOTENT
    }

    /**
     * Checks the time-outs.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public CallOptions {
        Objects.requireNonNull(outcomes, "outcomes");
        Durations.notNegative("timeout", timeout);
        Durations.notNegative("attemptTimeout", attemptTimeout);
    }

    /** These options for a call that may be made again: making it twice is as good as making it once. */
    public CallOptions idempotent() {
        return new CallOptions(Repeatable.IDEMPOTENT, timeout, attemptTimeout, hedging, outcomes);
    }

    /**
     * These options with a limit of time. An asynchronous call fails with a {@link java.util.concurrent.TimeoutException}
     * when it is over, and what is under way is cancelled; one that blocks is not interrupted, but not tried again either,
     * and does not wait for an endpoint for longer.
     *
     * @param limit how long the call may take in all; zero: as long as it takes
     * @return the new options
     * @throws IllegalArgumentException if it is negative
     */
    public CallOptions timeout(Duration limit) {
        return new CallOptions(repeatable, limit, attemptTimeout, hedging, outcomes);
    }

    /**
     * These options with a limit of time for each attempt. An attempt of an asynchronous call that takes longer is cancelled
     * and has failed with a {@link java.util.concurrent.TimeoutException}, so that a call that may be repeated is; a call that
     * blocks is not interrupted.
     *
     * @param limit how long an attempt may take; zero: as long as it takes
     * @return the new options
     * @throws IllegalArgumentException if it is negative
     */
    public CallOptions attemptTimeout(Duration limit) {
        return new CallOptions(repeatable, timeout, limit, hedging, outcomes);
    }

    /**
     * These options for an asynchronous call that is made a second time where it takes long, if it may be repeated. A call
     * that blocks makes one attempt at a time.
     *
     * @param when when to make it a second time
     * @return the new options
     */
    public CallOptions hedged(Hedging when) {
        return new CallOptions(repeatable, timeout, attemptTimeout, when, outcomes);
    }

    /**
     * These options for a client whose failures {@link Outcome#of(Throwable)} cannot tell apart, such as that of a database with states of its
     * own:
     *
     * <pre>{@code
     * options.outcomes(failure -> failure instanceof NotConnected ? Outcome.CONNECT_FAILED : Outcome.of(failure))
     * }</pre>
     *
     * @param reader tells what a failure says of the endpoint; where it gives null, or fails itself, that is {@link Outcome#UNREPORTED}, and
     *     the caller gets the failure of the call
     * @return the new options
     */
    public CallOptions outcomes(Function<Throwable, Outcome> reader) {
        return new CallOptions(repeatable, timeout, attemptTimeout, hedging, reader);
    }
}
