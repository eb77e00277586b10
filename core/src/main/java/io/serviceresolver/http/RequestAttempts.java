package io.serviceresolver.http;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions.Repeatable;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.http.AttemptEnd.Decision;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at one request. They follow one another, on whatever threads, but for a hedge, which goes on beside another
 * one; {@link #end} may come at any time.
 */
final class RequestAttempts {

    private final HttpRequest request;
    private final RequestBody body;
    private final CallLimits limits;
    private final CallTime time;
    private final Repeatable repeatable;
    private final Attempts attempts;
    private final FailedAttempts failed;

    /** When the time for the call is over. Written by the thread that begins the call. */
    private volatile Deadline deadline = Deadline.NONE;

    /** Whether this is not the first attempt. Written by the thread that begins the next one. */
    private volatile boolean repeated;

    /** Whether the caller has got what it gets. Guarded by this. */
    private boolean over;

    /** The attempts that are not decided yet. Guarded by this. */
    private final List<PodCall> underWay = new ArrayList<>(1);

    /** The attempt whose answer or failure is the caller's. Guarded by this. */
    private @Nullable PodCall chosen;

    /** That the time for the call was over. Guarded by this. */
    private @Nullable HttpTimeoutException late;

    /** Bodies that may be still to come. Guarded by this. */
    private final List<DroppedBody<?>> dropped = new ArrayList<>(0);

    /**
     * Makes no attempt yet.
     *
     * @param service where to send it
     * @param request as the caller wrote it
     * @param repeatable whether it may be sent again at all after it may have had an effect, whatever it is
     * @param limits how long it may take
     * @param time what is left of that
     */
    RequestAttempts(
            ServiceHandle service, HttpRequest request, Repeatable repeatable, CallLimits limits, CallTime time) {
        this.failed = new FailedAttempts(service.target());
        this.request = request;
        this.limits = limits;
        this.time = time;
        this.body = new RequestBody(request.bodyPublisher().orElse(null));
        this.repeatable = limits.idempotent().test(request) ? repeatable : Repeatable.NO;
        this.attempts = service.attempts(limits.options(untilHead(), this.repeatable));
    }

    /**
     * Begins the call.
     *
     * @param expired is told when time is over before the caller has got what it gets, and ends the call if it can
     */
    void begin(Consumer<HttpTimeoutException> expired) {
        deadline = time.deadline(timeout -> {
            PodCall open;
            synchronized (this) {
                late = timeout;
                open = chosen;
            }
            expired.accept(timeout);
            if (open != null) {
                open.expire(timeout);
            }
        });
    }

    HttpRequest request() {
        return request;
    }

    FailedAttempts failed() {
        return failed;
    }

    RequestBody body() {
        return body;
    }

    /** How long the call may still take to the head of its answer; empty where that is not limited. */
    Optional<Duration> left() {
        return repeated ? CallTime.left(attempts) : untilHead();
    }

    /** A request's own time-out begins when its first endpoint was picked. */
    private Optional<Duration> untilHead() {
        return CallLimits.shortest(time.left(), request.timeout());
    }

    /** How long an attempt may take. */
    Optional<Duration> attemptLimit() {
        return Optional.ofNullable(limits.attempt());
    }

    /** Whether time may be over while a body is read. */
    boolean limitsBodies() {
        return limits.attempt() != null || time.isLimited();
    }

    /** Whether there is a limit to how long the call may take. */
    boolean isTimed() {
        return time.isLimited() || request.timeout().isPresent();
    }

    /** Waits for an endpoint, as long as that takes. */
    PodCall acquire() {
        return begun(attempts.acquire());
    }

    /** Completes with the call that begins; it is never cancelled, lest a lease be lost. */
    CompletableFuture<PodCall> acquireAsync() {
        return attempts.acquireAsync().thenApply(this::begun);
    }

    private PodCall begun(Lease lease) {
        PodCall call = new PodCall(this, lease);
        boolean answered;
        synchronized (this) {
            answered = chosen != null;
            if (!answered) {
                underWay.add(call);
            }
        }
        AttemptTimer.begin(attempts, attemptLimit(), call);
        if (answered) {
            call.lose();
        }
        return call;
    }

    /** How long after the first attempt to make another one beside it; empty where there is to be none. */
    Optional<Duration> hedgeAfter() {
        return body.isRepeatable() ? attempts.hedgeAfter() : Optional.empty();
    }

    /** Another attempt beside the one that is under way: empty where there is none, or it would be of no use. */
    Optional<PodCall> hedge() {
        synchronized (this) {
            if (over || chosen != null || underWay.isEmpty()) {
                return Optional.empty();
            }
        }
        repeated = true;
        return attempts.hedge().map(this::begun);
    }

    /** An attempt was answered: what becomes of it. */
    Decision afterHead(PodCall call, ResponseInfo head) {
        int status = head.statusCode();
        boolean passing = StatusCodes.isPassing(status);
        synchronized (this) {
            underWay.remove(call);
            if (chosen != null || (passing && !underWay.isEmpty())) {
                return Decision.LOST;
            }
            if (passing) {
                Duration asked = status == StatusCodes.UNAVAILABLE ? RetryAfter.of(head.headers()) : Duration.ZERO;
                Optional<Duration> again = another(call, Outcome.SERVER_ERROR, asked);
                if (again.isPresent()) {
                    return Decision.again(again.get());
                }
            }
            chosen = call;
        }
        if (!StatusCodes.isServerError(status)) {
            attempts.next(Outcome.SUCCESS, Duration.ZERO);
        }
        return Decision.CALLERS;
    }

    /** An attempt failed without an answer: what becomes of it. */
    synchronized Decision afterFailure(PodCall call, Outcome outcome) {
        // No other attempt can do better where the caller itself failed, or wants no more.
        boolean hopeless = outcome == Outcome.UNREPORTED || outcome == Outcome.CANCELLED;
        underWay.remove(call);
        if (chosen != null || (!hopeless && !underWay.isEmpty())) {
            return Decision.LOST;
        }
        Optional<Duration> again = another(call, outcome, Duration.ZERO);
        if (again.isPresent()) {
            return Decision.again(again.get());
        }
        chosen = call;
        return Decision.CALLERS;
    }

    /** The body of the caller's answer broke before the caller saw anything of it: what becomes of the attempt. */
    synchronized Decision afterBody(PodCall call, Outcome outcome) {
        // What broke after the head of an answer was processed, whatever it looks like.
        if (repeatable == Repeatable.IDEMPOTENT) {
            Optional<Duration> again = another(call, outcome, Duration.ZERO);
            if (again.isPresent()) {
                chosen = null;
                return Decision.again(again.get());
            }
        }
        return Decision.CALLERS;
    }

    /** How long to wait for the attempt in place of one that failed; empty where there is to be none. */
    private Optional<Duration> another(PodCall call, Outcome outcome, Duration wait) {
        failed.add(call.endpoint(), outcome);
        // The time-out of an attempt may have been all that was left for the call.
        boolean callIsLate = late != null || (outcome == Outcome.TIMEOUT && call.hadTheRestOfTheTime());
        return callIsLate || over || !body.canBeSent() ? Optional.empty() : attempts.next(outcome, wait);
    }

    /** An attempt was decided: if what it came to is the caller's, ends all others. To be called without a lock. */
    void chosen(PodCall call) {
        List<PodCall> losers;
        HttpTimeoutException timeout;
        synchronized (this) {
            if (chosen != call) {
                return;
            }
            losers = List.copyOf(underWay);
            underWay.clear();
            timeout = late;
        }
        losers.forEach(PodCall::lose);
        if (timeout != null) {
            call.expire(timeout);
        }
    }

    /** Begins the wait for the next attempt. */
    CompletableFuture<Void> pause(Duration wait) {
        repeated = true;
        return attempts.pause(wait);
    }

    /** Begins the wait for a hedge. */
    CompletableFuture<Void> pauseBeforeHedge(Duration wait) {
        return attempts.pause(wait);
    }

    /** Has a body read no longer than the call goes on. */
    void drop(DroppedBody<?> unwanted) {
        boolean ended;
        synchronized (this) {
            ended = over;
            dropped.add(unwanted);
        }
        if (ended) {
            unwanted.cancel();
        }
    }

    /** The caller has got what it gets: no more attempts. */
    void end() {
        List<DroppedBody<?>> unwanted;
        synchronized (this) {
            over = true;
            unwanted = List.copyOf(dropped);
        }
        unwanted.forEach(DroppedBody::cancel);
        ended();
    }

    /** Something has ended: if that was all, nothing runs out any more. */
    void ended() {
        boolean all;
        synchronized (this) {
            all = over && (chosen == null || chosen.hasEnded());
        }
        if (all) {
            deadline.cancel();
        }
    }
}
