package io.serviceresolver.health;

import io.serviceresolver.text.BadInput;
import java.time.Duration;

/**
 * When an endpoint is ejected: left alone for a while, because calls to it fail or take much longer than calls to the
 * others. Immutable; each {@code with} method makes a new policy.
 *
 * <p>An endpoint is ejected
 *
 * <ul>
 *   <li>at once, when no connection to it comes about: for {@link #connectEjection}, 1 second by default;
 *   <li>at once, after {@link #consecutiveFailures} failures in a row, 5 by default: for {@link #ejection}, 10 seconds by
 *       default, as for all that follows;
 *   <li>when in one {@link #interval}, 10 seconds by default, at least {@link #minCalls} calls ended there, 20 by default,
 *       and more than {@link #failureShare} of them failed, half by default;
 *   <li>when its share of successes in an interval is far below that of the others: by more than 1.9 standard deviations
 *       and 5 points below their mean, among at least 5 endpoints with at least five times {@code minCalls} calls each
 *       (Envoy's and ServiceTalk's success rate outlier detection);
 *   <li>when calls take longer than {@link #latencyFactor} times the median of the others, 3 by default, and 10 ms longer
 *       than it, in two intervals running, among at least 3 endpoints with {@code minCalls} timed calls each: one endpoint
 *       at a time.
 * </ul>
 *
 * <p>Each ejection that follows another one takes twice as long, up to 30 times as long, and all take up to a fifth
 * longer at random, so that clients do not come back together. A time without ejections as long as the last one lets the
 * next one be as short as the first.
 *
 * <p>When its time is over an endpoint is on trial: it gets one call at a time, of all that a resolver makes, until one has
 * ended there: a success lets it back in, a failure ejects it again. Where that takes longer than {@link #trial}, or the
 * call is cancelled, another one is let through some time later, after twice as long at most. Retries and hedges never go
 * there, nor what is only resolved. Where nothing is ever said of how calls end, it is let back in after that time.
 *
 * <p>Never more than {@link #maxEjected} of the endpoints are ejected at one time, half of them by default, rounded down:
 * none of one, one of two or three, five of ten. Where more fail than that, it is not their fault as far as one client can
 * tell. What a caller cancels says nothing; a failure never counts as a quick answer.
 *
 * @param consecutiveFailures failures in a row: 1 or more; 0 disables this
 * @param connectEjection the first ejection after a connection that did not come about; zero disables this
 * @param ejection the first ejection for every other reason; zero disables all of them
 * @param interval over how long shares and latencies are taken
 * @param minCalls how many calls in an interval say something: 1 or more
 * @param failureShare the share of failures that is too much: above 0; 1 disables this
 * @param latencyFactor how many times the latency of the others is too long: above 1; infinity disables this
 * @param maxEjected the largest share of the endpoints that is ejected at one time: 0 to 1; 0 disables ejection
 */
public record OutlierPolicy(
        int consecutiveFailures,
        Duration connectEjection,
        Duration ejection,
        Duration interval,
        int minCalls,
        double failureShare,
        double latencyFactor,
        double maxEjected) {

    private static final OutlierPolicy STANDARD = new OutlierPolicy(
            5, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(10), 20, 0.5, 3, 0.5);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is out of range
     */
    public OutlierPolicy {
        require(consecutiveFailures >= 0, "consecutiveFailures", consecutiveFailures, "0 or more");
        require(!connectEjection.isNegative(), "connectEjection", connectEjection, "zero or more");
        require(!ejection.isNegative(), "ejection", ejection, "zero or more");
        require(interval.compareTo(Duration.ofMillis(100)) >= 0, "interval", interval, "100 ms or more");
        require(minCalls >= 1, "minCalls", minCalls, "1 or more");
        require(failureShare > 0 && failureShare <= 1, "failureShare", failureShare, "above 0, 1 at most");
        require(latencyFactor > 1, "latencyFactor", latencyFactor, "above 1");
        require(maxEjected >= 0 && maxEjected <= 1, "maxEjected", maxEjected, "0 to 1");
    }

    private static void require(boolean good, String what, Object value, String expected) {
        if (!good) {
            throw BadInput.of(what, value.toString(), expected);
        }
    }

    /** The defaults. */
    public static OutlierPolicy standard() {
        return STANDARD;
    }

    /** No endpoint is ever ejected. */
    public static OutlierPolicy never() {
        return STANDARD.withMaxEjected(0);
    }

    /** Whether any endpoint can be ejected. */
    public boolean isEnabled() {
        return maxEjected > 0;
    }

    /** How long the call that decides whether an ejected endpoint is let back may take: as long as the longer first ejection. */
    public Duration trial() {
        return ejection.compareTo(connectEjection) > 0 ? ejection : connectEjection;
    }

    /**
     * This policy with another number of failures in a row.
     *
     * @param failures 1 or more; 0 disables this
     * @return the new policy
     * @throws IllegalArgumentException if it is negative
     */
    public OutlierPolicy withConsecutiveFailures(int failures) {
        return new OutlierPolicy(
                failures, connectEjection, ejection, interval, minCalls, failureShare, latencyFactor, maxEjected);
    }

    /**
     * This policy with other ejections.
     *
     * @param connect the first one after a connection that did not come about; zero disables this
     * @param other the first one for every other reason; zero disables all of them
     * @return the new policy
     * @throws IllegalArgumentException if one of them is negative
     */
    public OutlierPolicy withEjections(Duration connect, Duration other) {
        return new OutlierPolicy(
                consecutiveFailures, connect, other, interval, minCalls, failureShare, latencyFactor, maxEjected);
    }

    /**
     * This policy with other shares and latencies.
     *
     * @param over over how long they are taken: 100 ms or more
     * @param calls how many calls in that time say something: 1 or more
     * @param failures the share of failures that is too much: above 0; 1 disables this
     * @param latency how many times the latency of the others is too long: above 1; infinity disables this
     * @return the new policy
     * @throws IllegalArgumentException if one of them is out of range
     */
    public OutlierPolicy withRates(Duration over, int calls, double failures, double latency) {
        return new OutlierPolicy(
                consecutiveFailures, connectEjection, ejection, over, calls, failures, latency, maxEjected);
    }

    /**
     * This policy with another largest share.
     *
     * @param share the largest share of the endpoints that is ejected at one time: 0 to 1; 0 disables ejection
     * @return the new policy
     * @throws IllegalArgumentException if it is out of range
     */
    public OutlierPolicy withMaxEjected(double share) {
        return new OutlierPolicy(
                consecutiveFailures, connectEjection, ejection, interval, minCalls, failureShare, latencyFactor, share);
    }
}
