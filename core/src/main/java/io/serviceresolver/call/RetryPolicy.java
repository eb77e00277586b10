package io.serviceresolver.call;

import io.serviceresolver.text.BadInput;
import io.serviceresolver.text.Durations;
import java.time.Duration;

/**
 * When a call that failed is tried again, on another endpoint: one that was not tried, unless all of those leave meanwhile. So where there is
 * one Pod only, a call is made once. One address that stands for Pods nobody knows, as the cluster IP that DNS or the environment tells,
 * is tried again itself, each time after a wait and from the budget. Immutable; each {@code with} method makes a new policy.
 *
 * <p>A call that cannot have reached its endpoint, because no connection came about, is tried again always, on another endpoint. One that may
 * have had an effect is tried again only where the caller says that a repetition does no harm, and the budget of the
 * service allows it: each call that goes well adds {@link #budgetRatio} of a retry to it, each retry takes one. So the
 * worse a service does, the less it is troubled, and where every call fails there are no retries but the reserve (gRPC
 * proposal A6, "Retry Throttling"; the ratio is that of Finagle's {@code RetryBudget}).
 *
 * @param maxAttempts how many times a call is made at most, the first time included: 1 for no retries; 4 by default
 * @param budgetRatio how much of a retry each call that goes well adds to the budget: 0 to 1, 0.2 by default
 * @param budgetReserve how many retries the budget has at first: 0 to 1,000, 10 by default
 * @param budgetLimit how many retries the budget can hold: the reserve to 100,000, 100 by default
 * @param minBackoff the most that the first retry of a call that may have had an effect waits, twice as much for each one
 *     after it; how long is random, from zero to that ("full jitter"): 10 ms by default; zero for no waits
 * @param maxBackoff the most that any of them waits: 250 ms by default. A server that asks by {@code Retry-After} to be left alone
 *     for longer is: the call is not tried again
 */
public record RetryPolicy(
        int maxAttempts,
        double budgetRatio,
        int budgetReserve,
        int budgetLimit,
        Duration minBackoff,
        Duration maxBackoff) {

    private static final int MOST_ATTEMPTS = 10;
    private static final int LARGEST_RESERVE = 1_000;
    private static final int LARGEST_BUDGET = 100_000;

    private static final RetryPolicy STANDARD =
            new RetryPolicy(4, 0.2, 10, 100, Duration.ofMillis(10), Duration.ofMillis(250));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is out of range
     */
    public RetryPolicy {
        check("maxAttempts", maxAttempts, 1, MOST_ATTEMPTS);
        if (!(budgetRatio >= 0 && budgetRatio <= 1)) {
            throw BadInput.of("budgetRatio", Double.toString(budgetRatio), "0 to 1");
        }
        check("budgetReserve", budgetReserve, 0, LARGEST_RESERVE);
        check("budgetLimit", budgetLimit, budgetReserve, LARGEST_BUDGET);
        Durations.notNegative("minBackoff", minBackoff);
        if (maxBackoff.compareTo(minBackoff) < 0) {
            throw BadInput.of("maxBackoff", maxBackoff.toString(), minBackoff + " or more");
        }
    }

    private static void check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw BadInput.of(what, Integer.toString(value), least + " to " + most);
        }
    }

    /** The defaults. */
    public static RetryPolicy standard() {
        return STANDARD;
    }

    /** No retries at all. */
    public static RetryPolicy never() {
        return STANDARD.withMaxAttempts(1);
    }

    /**
     * This policy with another number of attempts.
     *
     * @param attempts how many times a call is made at most, the first time included: 1 to 10
     * @return the new policy
     * @throws IllegalArgumentException if it is out of range
     */
    public RetryPolicy withMaxAttempts(int attempts) {
        return new RetryPolicy(attempts, budgetRatio, budgetReserve, budgetLimit, minBackoff, maxBackoff);
    }

    /**
     * This policy with another budget.
     *
     * @param ratio how much of a retry each call that goes well adds: 0 to 1
     * @param reserve how many retries there are at first: 0 to 1,000
     * @param limit how many there can be: the reserve to 100,000
     * @return the new policy
     * @throws IllegalArgumentException if one of them is out of range
     */
    public RetryPolicy withBudget(double ratio, int reserve, int limit) {
        return new RetryPolicy(maxAttempts, ratio, reserve, limit, minBackoff, maxBackoff);
    }

    /**
     * This policy with other waits. The wait before a retry is random, from zero to a ceiling that doubles from one retry to
     * the next.
     *
     * @param shortest the lowest ceiling: zero or more
     * @param longest the highest ceiling: the lowest or more
     * @return the new policy
     * @throws IllegalArgumentException if they are out of range
     */
    public RetryPolicy withBackoff(Duration shortest, Duration longest) {
        return new RetryPolicy(maxAttempts, budgetRatio, budgetReserve, budgetLimit, shortest, longest);
    }
}
