package io.serviceresolver.call;

import io.serviceresolver.text.BadInput;
import java.time.Duration;
import java.util.function.Function;

/**
 * What is said of a call besides what it does. Immutable; each method makes new options.
 *
 * @param repeatable whether it may be made again after it may have had an effect
 * @param timeout how long it may take in all, retries and waits included; zero: as long as it takes
 * @param outcomes what a failure says of the endpoint
 */
public record CallOptions(Repeatable repeatable, Duration timeout, Function<Throwable, Outcome> outcomes) {

    /** Made once where it may have had an effect, for as long as it takes. */
    public static final CallOptions DEFAULT = new CallOptions(Repeatable.NO, Duration.ZERO, Outcome::of);

    /** Whether a call may be made again after it may have had an effect. */
    public enum Repeatable {
        /** It may not: it is made again only where it cannot have reached an endpoint. */
        NO,
        /** It may: making it twice is as good as making it once (RFC 9110, section 9.2.2). */
        IDEMPOTENT
    }

    /**
     * Checks the time-out.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public CallOptions {
        if (timeout.isNegative()) {
            throw BadInput.of("timeout", timeout.toString(), "zero or more");
        }
    }

    /** These options for a call that may be made again: making it twice is as good as making it once. */
    public CallOptions idempotent() {
        return new CallOptions(Repeatable.IDEMPOTENT, timeout, outcomes);
    }

    /**
     * These options with a limit of time. An asynchronous call fails with a {@link java.util.concurrent.TimeoutException}
     * when it is over, and what is under way is cancelled; one that blocks is not interrupted, but not tried again either.
     *
     * @param limit how long the call may take in all; zero: as long as it takes
     * @return the new options
     * @throws IllegalArgumentException if it is negative
     */
    public CallOptions timeout(Duration limit) {
        return new CallOptions(repeatable, limit, outcomes);
    }

    /**
     * These options for a client whose failures {@link Outcome#of(Throwable)} cannot tell apart.
     *
     * @param reader tells what a failure says of the endpoint
     * @return the new options
     */
    public CallOptions outcomes(Function<Throwable, Outcome> reader) {
        return new CallOptions(repeatable, timeout, reader);
    }
}
