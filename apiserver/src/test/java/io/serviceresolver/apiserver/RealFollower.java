package io.serviceresolver.apiserver;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceAnswer.Absent;
import io.serviceresolver.source.SourceAnswer.Found;
import io.serviceresolver.source.SourceAnswer.Refused;
import io.serviceresolver.source.SourceAnswer.Unavailable;
import io.serviceresolver.source.SourceListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Takes answers of a source down, and lets a test wait for the one it expects. Thread-safe. */
final class RealFollower implements SourceListener {

    private static final long PATIENCE_SECONDS = 40;

    /** Guarded by this. */
    private final List<SourceAnswer> answers = new ArrayList<>();

    @Override
    public synchronized void onAnswer(SourceAnswer answer) {
        answers.add(answer);
        notifyAll();
    }

    /**
     * Waits until the last answer is this: {@code absent}, or {@code found} and the endpoints in
     * the order of their texts, those that are not simply ready with a word behind them. All sets found so far.
     */
    List<Found> until(String expected) throws InterruptedException {
        return until(expected, answer -> brief(answer).equals(expected));
    }

    /** Waits until the last answer is {@code Unavailable} with this in its reason: the reason. */
    String untilUnavailable(String part) throws InterruptedException {
        until(
                "unavailable: ... " + part,
                answer -> answer instanceof Unavailable no && no.reason().contains(part));
        return reason();
    }

    /** Waits until the last answer is {@code Refused} with this in its reason: the reason. */
    String untilRefused(String part) throws InterruptedException {
        until(
                "refused: ... " + part,
                answer -> answer instanceof Refused no && no.reason().contains(part));
        return reason();
    }

    /** Waits until the last answer is one of these: all sets found so far. */
    synchronized List<Found> until(String what, Predicate<SourceAnswer> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (answers.isEmpty() || !wanted.test(answers.get(answers.size() - 1))) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("expected: " + what + ", but there came: "
                        + answers.stream().map(RealFollower::full).toList());
            }
            wait(left);
        }
        return answers.stream()
                .filter(Found.class::isInstance)
                .map(Found.class::cast)
                .toList();
    }

    private synchronized String reason() {
        return full(answers.get(answers.size() - 1));
    }

    /** The last answer. */
    synchronized SourceAnswer last() {
        return answers.get(answers.size() - 1);
    }

    /** The endpoint at this address of the last answer. */
    synchronized Endpoint endpoint(String address) {
        Found found = (Found) answers.get(answers.size() - 1);
        return found.endpoints().endpoints().stream()
                .filter(endpoint -> endpoint.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static String brief(SourceAnswer answer) {
        return answer instanceof Found ? full(answer) : full(answer).replaceAll("(?s):.*", "");
    }

    private static String full(SourceAnswer answer) {
        if (answer instanceof Found found) {
            return found.endpoints().endpoints().stream()
                    .map(endpoint -> endpoint.authority() + shown(endpoint.conditions()))
                    .sorted()
                    .collect(Collectors.joining(", ", "found ", ""))
                    .strip();
        }
        if (answer instanceof Refused refused) {
            return "refused: " + refused.reason();
        }
        return answer instanceof Unavailable unavailable
                ? "unavailable: " + unavailable.reason()
                : "absent: " + ((Absent) answer).reason();
    }

    private static String shown(Conditions conditions) {
        if (conditions.equals(Conditions.READY)) {
            return "";
        }
        if (conditions.equals(Conditions.NOT_READY)) {
            return " not ready";
        }
        if (conditions.equals(Conditions.DRAINING)) {
            return " draining";
        }
        return conditions.equals(Conditions.GONE) ? " gone" : " " + conditions;
    }
}
