package io.serviceresolver.http;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call to a Pod, which is in flight until its body has ended. Whatever of it ends first ends the lease, all that
 * comes after has no effect. Thread-safe.
 */
final class PodCall implements BodyEnd {

    private final RequestAttempts attempts;
    private final Lease lease;
    private final AttemptEnd end;

    /** When its time is over. Written by the thread that begins it. */
    private volatile Deadline deadline = Deadline.NONE;

    /** Whether its time-out was all the time that the call had left. Written by the thread that begins it. */
    private volatile boolean hadTheRestOfTheTime;

    /** Whether that was next to nothing, in which no Pod could have done anything. Written by the thread that sends the request. */
    private volatile boolean hadNoTime;

    /** Whether it is not in flight any more. Written by whoever ended it. */
    private volatile boolean ended;

    /** The status of the answer, zero until there is one. Written by the thread that read the head. */
    private volatile int status;

    /** Whether the caller's own code failed: its body publisher, handler or subscriber. Written where that happened. */
    private volatile boolean callersFault;

    /** Whether the caller has the response. Written by the thread that hands it over. */
    private volatile boolean answered;

    /** Whether the caller sees nothing of the body before all of it is there. Written by the thread that read the head. */
    private volatile boolean whole;

    /** How the body failed. Written by the thread that reads the body. */
    private volatile @Nullable Throwable bodyFailure;

    private final PendingExchange exchange = new PendingExchange();
    private final EarlyEnd early = new EarlyEnd();

    PodCall(RequestAttempts attempts, Lease lease) {
        this.attempts = attempts;
        this.lease = lease;
        this.end = new AttemptEnd(attempts, this);
    }

    HttpRequest request() {
        return attempts.request();
    }

    Endpoint endpoint() {
        return lease.endpoint();
    }

    /** Has a limit of time of its own. */
    void limit(Deadline own) {
        deadline = own;
        if (ended) {
            own.cancel();
        }
    }

    /** The request to send to the Pod. */
    HttpRequest rewrittenBy(PodRequests requests, URI pod) {
        HttpRequest.Builder builder = requests.rewrite(request(), pod);
        BodyPublisher publisher = attempts.body().publisher();
        if (publisher != null) {
            builder.method(request().method(), new CallersBody(publisher, this));
        }
        Optional<Duration> left = attempts.left();
        Optional<Duration> limit = CallLimits.shortest(left, attempts.attemptLimit());
        hadTheRestOfTheTime = left.isPresent() && left.equals(limit);
        hadNoTime = hadTheRestOfTheTime && CallTime.isNextToNothing(left.get());
        limit.ifPresent(builder::timeout);
        return builder.build();
    }

    boolean hadTheRestOfTheTime() {
        return hadTheRestOfTheTime;
    }

    /** The caller's body is about to be sent: whether that is still wanted. */
    boolean sends() {
        return end.sends();
    }

    /** What becomes of the request on its way, where that can be cancelled. */
    PendingExchange exchange() {
        return exchange;
    }

    /** How long to wait for another attempt; empty where this is the last one. */
    Optional<Duration> again() {
        return end.again();
    }

    /** Whether another attempt is under way, or was answered, in place of this one. */
    boolean isLost() {
        return end.isLost();
    }

    /**
     * The caller's body handler, with the body it makes counted, unless the end of the exchange tells as much: a client
     * hands a body that is none of its own from thread to thread. It does not see an answer that is not the caller's.
     *
     * @param client reads the body
     */
    <T> BodyHandler<T> counting(HttpClient client, BodyHandler<T> handler) {
        return head -> {
            if (!end.answered(head)) {
                end(StatusCodes.isServerError(head.statusCode()) ? Outcome.SERVER_ERROR : Outcome.CANCELLED);
                DroppedBody<T> dropped = new DroppedBody<>();
                attempts.drop(dropped);
                return dropped;
            }
            status = head.statusCode();
            attempts.chosen(this);
            BodySubscriber<T> subscriber = subscriber(handler, head);
            whole = WholeBody.isReadBy(subscriber);
            boolean endsWithExchange = whole && (!attempts.limitsBodies() || JdkClient.is(client));
            if (!endsWithExchange || early.isDue()) {
                return counted(subscriber);
            }
            exchange.headRead();
            return subscriber;
        };
    }

    private <T> BodySubscriber<T> counted(BodySubscriber<T> subscriber) {
        CountedBody<T> counted = new CountedBody<>(subscriber, this);
        early.opened(counted);
        return counted;
    }

    /** The caller's subscriber, or one that fails as the caller's handler did. */
    private <T> BodySubscriber<T> subscriber(BodyHandler<T> handler, ResponseInfo head) {
        try {
            return Objects.requireNonNull(
                    PodBodyHandler.apply(handler, head, endpoint()), "the body handler's subscriber");
        } catch (RuntimeException | Error e) {
            callersFault();
            // Here, as two threads are about to see the body fail, and the caller may go on with either.
            ended(Outcome.UNREPORTED);
            return new RefusedBody<>(e);
        }
    }

    /** The caller gets the response now. The body may be still to come, or may have failed already. */
    <T> HttpResponse<T> answered(HttpResponse<T> response) {
        answered = true;
        Throwable failure = bodyFailure;
        if (failure != null) {
            failed(failure);
        } else if (early.body() == null) {
            bodyCompleted();
        }
        return new ServiceResponse<>(response, request(), endpoint(), null);
    }

    /** Whether the caller has seen nothing of an answer whose body broke, so that another one can take its place. */
    boolean isUnseen() {
        return whole && !answered;
    }

    /** Nobody can get the response any more: drops a body that nobody will read. */
    void abandon() {
        CountedBody<?> unread = early.body();
        if (unread != null) {
            unread.cancel();
        }
    }

    /** There is no response, or no more of its body. */
    void failed(Throwable failure) {
        Outcome outcome = callersFault ? Outcome.UNREPORTED : CallFailures.outcome(failure);
        if (callersFault) {
            ended(outcome);
        } else {
            end(hadNoTime || CallFailures.isCrowded(failure) ? Outcome.CANCELLED : outcome);
        }
        end.failed(outcome);
        attempts.chosen(this);
    }

    /** Why there is no response: not because its exchange was ended, where that was because its time was over. */
    Throwable reason(Throwable failure) {
        return early.reason(failure);
    }

    @Override
    public void cancelled() {
        ended(callersFault ? Outcome.UNREPORTED : Outcome.CANCELLED);
    }

    /** The caller wants no more, perhaps because it waited for too long. */
    void giveUp(Throwable why) {
        boolean late = why instanceof TimeoutException || why instanceof HttpTimeoutException;
        ended(late ? Outcome.TIMEOUT : Outcome.CANCELLED);
        // First, as an exchange that is over cannot be cancelled: a body that comes later is counted, and ended.
        early.giveUp();
        exchange.cancel();
        early.endBody();
    }

    /** Another attempt was answered. */
    void lose() {
        end.lose();
        ended(Outcome.CANCELLED);
        exchange.cancel();
    }

    /** Time is over: ends the body, or else the exchange; but not before the head of one that a thread waits for, as the client does. */
    void expire(HttpTimeoutException timeout) {
        if (ended) {
            return;
        }
        early.expire(timeout);
        if (early.body() != null || exchange.hasBegun()) {
            ended(Outcome.TIMEOUT);
        }
        if (early.body() == null) {
            exchange.cancel();
        } else {
            early.endBody();
        }
    }

    /** A Pod that had said by then that it could not answer has said so. */
    private void ended(Outcome outcome) {
        end(StatusCodes.isServerError(status) ? Outcome.SERVER_ERROR : outcome);
    }

    private void end(Outcome outcome) {
        lease.complete(outcome);
        ended = true;
        deadline.cancel();
        attempts.ended();
    }

    /** Whether the head of an answer is there. */
    boolean hasHead() {
        return status > 0;
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public void callersFault() {
        callersFault = true;
    }

    @Override
    public void bodyCompleted() {
        ended(Outcome.SUCCESS);
    }

    /**
     * The body broke. Until the caller has a response, the call as a whole is about to fail, and that tells better why:
     * of a time-out, the body only sees a closed connection.
     */
    @Override
    public void bodyFailed(Throwable failure) {
        bodyFailure = failure;
        if (answered) {
            failed(failure);
        }
    }
}
