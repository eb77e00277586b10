package io.serviceresolver.http;

import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.CallOptions.Repeatable;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** The attempts at one request. They follow one another, on whatever threads; {@link #end} may come at any time. */
final class RequestAttempts {

    private static final int SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;

    /** RFC 9110, section 9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE");

    /** Nobody waits for longer, and what does not fit a number of nanoseconds does not get here. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** What is left of a time-out at least: a client takes no zero. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final HttpRequest request;
    private final RequestBody body;
    private final Attempts attempts;

    /** Whether this is not the first attempt. Written by the thread that begins the next one. */
    private volatile boolean repeated;

    /** Whether the caller has got what it gets. Guarded by this. */
    private boolean over;

    /** Bodies that may be still to come. Guarded by this. */
    private final List<DroppedBody<?>> dropped = new ArrayList<>();

    /**
     * Makes no attempt yet.
     *
     * @param service where to send it
     * @param request as the caller wrote it
     * @param repeatable whether it may be sent again at all after it may have had an effect, whatever the method
     */
    RequestAttempts(ServiceHandle service, HttpRequest request, Repeatable repeatable) {
        this.request = request;
        this.body = new RequestBody(request.bodyPublisher().orElse(null));
        boolean repeats = repeatable == Repeatable.IDEMPOTENT && IDEMPOTENT.contains(request.method());
        CallOptions options = request.timeout()
                .map(limit -> CallOptions.DEFAULT.timeout(limit.compareTo(LONGEST) > 0 ? LONGEST : limit))
                .orElse(CallOptions.DEFAULT);
        this.attempts = service.attempts(repeats ? options.idempotent() : options);
    }

    HttpRequest request() {
        return request;
    }

    RequestBody body() {
        return body;
    }

    /** The time-out of the attempt that begins now, where it is not the request's own. */
    Optional<Duration> timeout() {
        return repeated
                ? attempts.remaining().map(left -> left.compareTo(SHORTEST) < 0 ? SHORTEST : left)
                : Optional.empty();
    }

    PodCall acquire() throws IOException, InterruptedException {
        try {
            return begun(attempts.acquire());
        } catch (NoEndpointsException e) {
            throw CallFailures.noEndpoints(e);
        } catch (CancellationException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw e;
        }
    }

    /** Completes with the call that begins; it is never cancelled, lest a lease be lost. */
    CompletableFuture<PodCall> acquireAsync() {
        return attempts.acquireAsync().thenApply(this::begun);
    }

    private PodCall begun(Lease lease) {
        return new PodCall(this, lease);
    }

    /** An attempt was answered: how long to wait for another one; empty where the answer is the caller's. */
    Optional<Duration> afterHead(ResponseInfo head) {
        int status = head.statusCode();
        if (status < SERVER_ERROR) {
            return attempts.next(Outcome.SUCCESS, Duration.ZERO);
        }
        boolean passing = status == BAD_GATEWAY || status == UNAVAILABLE || status == GATEWAY_TIMEOUT;
        if (!passing || !isWanted()) {
            return Optional.empty();
        }
        return attempts.next(
                Outcome.SERVER_ERROR, status == UNAVAILABLE ? RetryAfter.of(head.headers()) : Duration.ZERO);
    }

    /** An attempt failed without an answer: how long to wait for another one; empty where there is none. */
    Optional<Duration> afterFailure(Outcome outcome) {
        // The time-out of an attempt was all that was left for the call.
        boolean late = outcome == Outcome.TIMEOUT && request.timeout().isPresent();
        return late || !isWanted() ? Optional.empty() : attempts.next(outcome, Duration.ZERO);
    }

    private synchronized boolean isWanted() {
        return !over && body.canBeSent();
    }

    /** Begins the wait for the next attempt. */
    CompletableFuture<Void> pause(Duration wait) {
        repeated = true;
        return attempts.pause(wait);
    }

    /** Has a body read no longer than the call goes on. */
    void drop(DroppedBody<?> unwanted) {
        boolean late;
        synchronized (this) {
            late = over;
            dropped.add(unwanted);
        }
        if (late) {
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
    }
}
