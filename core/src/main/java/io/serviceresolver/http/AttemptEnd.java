package io.serviceresolver.http;

import io.serviceresolver.call.Outcome;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of one attempt: decided once, at the head of its answer or when it fails, whichever is first, and once more
 * where a body breaks that nobody has seen anything of. Guarded by its own lock, as a time-out may come together with the
 * answer.
 */
final class AttemptEnd {

    private final RequestAttempts attempts;
    private final PodCall call;

    private Decision decision = Decision.OPEN;

    /** What was decided of an attempt. */
    enum Kind {
        OPEN,
        /** The answer, or the failure, is the caller's. */
        CALLERS,
        /** Another attempt is made. */
        AGAIN,
        /** Another attempt is under way, or was answered. */
        LOST
    }

    /**
     * What was decided.
     *
     * @param kind what becomes of the attempt
     * @param pause how long to wait for another one, where that is made
     */
    record Decision(Kind kind, Duration pause) {

        static final Decision OPEN = new Decision(Kind.OPEN, Duration.ZERO);
        static final Decision CALLERS = new Decision(Kind.CALLERS, Duration.ZERO);
        static final Decision LOST = new Decision(Kind.LOST, Duration.ZERO);

        static Decision again(Duration pause) {
            return new Decision(Kind.AGAIN, pause);
        }
    }

    AttemptEnd(RequestAttempts attempts, PodCall call) {
        this.attempts = attempts;
        this.call = call;
    }

    /** The body is about to be sent: whether that is still wanted. */
    synchronized boolean sends() {
        if (decision.kind == Kind.AGAIN || decision.kind == Kind.LOST) {
            return false;
        }
        attempts.body().subscribed();
        return true;
    }

    /** There is an answer: whether it is the caller's. */
    synchronized boolean answered(ResponseInfo head) {
        if (decision.kind == Kind.OPEN) {
            decision = attempts.afterHead(call, head);
        }
        return decision.kind == Kind.CALLERS;
    }

    synchronized void failed(Outcome outcome) {
        if (decision.kind == Kind.OPEN) {
            decision = attempts.afterFailure(call, outcome);
        } else if (decision.kind == Kind.CALLERS && call.isUnseen()) {
            decision = attempts.afterBody(call, outcome);
        }
    }

    /** Another attempt was answered. */
    synchronized void lose() {
        if (decision.kind == Kind.OPEN) {
            decision = Decision.LOST;
        }
    }

    /** How long to wait for another attempt; empty where there is to be none. */
    synchronized Optional<Duration> again() {
        return decision.kind == Kind.AGAIN ? Optional.of(decision.pause) : Optional.empty();
    }

    /** Whether another attempt is under way, or was answered. */
    synchronized boolean isLost() {
        return decision.kind == Kind.LOST;
    }
}
