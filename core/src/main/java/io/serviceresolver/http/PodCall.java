package io.serviceresolver.http;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call to a Pod, which is in flight until its body has ended. Whatever of it ends first ends the lease, all that
 * comes after has no effect. Thread-safe.
 */
final class PodCall {

    private static final int SERVER_ERROR = 500;

    private final RequestAttempts attempts;
    private final Lease lease;
    private final AttemptEnd end;

    /** The status of the answer, zero until there is one. Written by the thread that read the head. */
    private volatile int status;

    /** Whether the caller's own code failed: its body publisher, handler or subscriber. Written where that happened. */
    private volatile boolean callersFault;

    /** Whether the caller has the response. Written by the thread that hands it over. */
    private volatile boolean answered;

    /** How the body failed. Written by the thread that reads the body. */
    private volatile @Nullable Throwable bodyFailure;

    /** The body that is being read. Written by the thread that read the head. */
    private volatile @Nullable CountedBody<?> body;

    PodCall(RequestAttempts attempts, Lease lease) {
        this.attempts = attempts;
        this.lease = lease;
        this.end = new AttemptEnd(attempts);
    }

    HttpRequest request() {
        return attempts.request();
    }

    Endpoint endpoint() {
        return lease.endpoint();
    }

    /** The request to send to the Pod. */
    HttpRequest rewrittenBy(PodRequests requests) {
        HttpRequest.Builder builder = requests.rewrite(request(), endpoint());
        BodyPublisher publisher = attempts.body().publisher();
        if (publisher != null) {
            builder.method(request().method(), new CallersBody(publisher, this));
        }
        attempts.timeout().ifPresent(builder::timeout);
        return builder.build();
    }

    /** The caller's body is about to be sent: whether that is still wanted. */
    boolean sends() {
        return end.sends();
    }

    /** How long to wait for another attempt; empty where this is the last one. */
    Optional<Duration> again() {
        return end.again();
    }

    /** The caller's body handler, with the body it makes counted. It does not see an answer that is not the last one. */
    <T> BodyHandler<T> counting(BodyHandler<T> handler) {
        return head -> {
            if (!end.answered(head)) {
                lease.complete(Outcome.SERVER_ERROR);
                DroppedBody<T> dropped = new DroppedBody<>();
                attempts.drop(dropped);
                return dropped;
            }
            status = head.statusCode();
            try {
                BodySubscriber<T> subscriber = PodBodyHandler.apply(handler, head, endpoint());
                CountedBody<T> counted = new CountedBody<>(subscriber, this);
                body = counted;
                return counted;
            } catch (RuntimeException | Error e) {
                callersFault();
                throw e;
            }
        };
    }

    /** The caller gets the response now. The body may be still to come, or may have failed already. */
    <T> HttpResponse<T> answered(HttpResponse<T> response) {
        answered = true;
        Throwable failure = bodyFailure;
        if (failure != null) {
            failed(failure);
        }
        return new ServiceResponse<>(response, request(), endpoint(), null);
    }

    /** Nobody can get the response any more: drops a body that nobody will read. */
    void abandon() {
        CountedBody<?> unread = body;
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
            lease.complete(outcome);
        }
        end.failed(outcome);
    }

    /** The caller wants no more of the body. */
    void cancelled() {
        ended(Outcome.CANCELLED);
    }

    /** The caller wants no more, perhaps because it waited for too long. */
    void givenUp(Throwable why) {
        ended(why instanceof TimeoutException ? Outcome.TIMEOUT : Outcome.CANCELLED);
    }

    /** A Pod that had said by then that it could not answer has said so. */
    private void ended(Outcome outcome) {
        lease.complete(status >= SERVER_ERROR ? Outcome.SERVER_ERROR : outcome);
    }

    void callersFault() {
        callersFault = true;
    }

    void bodyCompleted() {
        ended(Outcome.SUCCESS);
    }

    /**
     * The body broke. Until the caller has a response, the call as a whole is about to fail, and that tells better why:
     * of a time-out, the body only sees a closed connection.
     */
    void bodyFailed(Throwable failure) {
        bodyFailure = failure;
        if (answered) {
            failed(failure);
        }
    }
}
