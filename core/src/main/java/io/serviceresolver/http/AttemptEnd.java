package io.serviceresolver.http;

import io.serviceresolver.call.Outcome;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of one attempt: decided once, at the head of its answer or when it fails, whichever is first. Guarded by
 * its own lock, as a time-out may come together with the answer.
 */
final class AttemptEnd {

    private final RequestAttempts attempts;

    private Stage stage = Stage.OPEN;
    private Duration wait = Duration.ZERO;

    private enum Stage {
        OPEN,
        /** The answer is the caller's. */
        ANSWERED,
        /** The failure is the caller's. */
        FAILED,
        /** Another attempt is made. */
        AGAIN
    }

    AttemptEnd(RequestAttempts attempts) {
        this.attempts = attempts;
    }

    /** The body is about to be sent: whether that is still wanted. */
    synchronized boolean sends() {
        if (stage == Stage.AGAIN) {
            return false;
        }
        attempts.body().subscribed();
        return true;
    }

    /** There is an answer: whether it is the caller's. */
    synchronized boolean answered(ResponseInfo head) {
        if (stage == Stage.OPEN) {
            decide(attempts.afterHead(head), Stage.ANSWERED);
        }
        return stage == Stage.ANSWERED;
    }

    synchronized void failed(Outcome outcome) {
        if (stage == Stage.OPEN) {
            decide(attempts.afterFailure(outcome), Stage.FAILED);
        }
    }

    private void decide(Optional<Duration> next, Stage otherwise) {
        stage = next.isPresent() ? Stage.AGAIN : otherwise;
        wait = next.orElse(Duration.ZERO);
    }

    /** How long to wait for another attempt; empty where there is to be none. */
    synchronized Optional<Duration> again() {
        return stage == Stage.AGAIN ? Optional.of(wait) : Optional.empty();
    }
}
