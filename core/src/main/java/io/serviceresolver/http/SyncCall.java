package io.serviceresolver.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Sends one request on the caller's thread, and again where that helps. */
final class SyncCall {

    private SyncCall() {}

    static <T> HttpResponse<T> send(RequestAttempts attempts, Sender<T> sender)
            throws IOException, InterruptedException {
        PodWait pods = new PodWait(attempts);
        attempts.begin(pods::expire);
        try {
            PodCall call = pods.acquire();
            while (true) {
                Ended<T> ended = answer(call, sender, attempts.failed());
                HttpResponse<T> response = ended.response;
                Optional<Duration> wait = call.again();
                if (response != null && wait.isEmpty()) {
                    return call.answered(response);
                }
                call = pods.acquireAfter(wait.orElse(Duration.ZERO), ended.failure);
            }
        } finally {
            attempts.end();
        }
    }

    /** What an attempt came to, unless its failure is the caller's. */
    private static <T> Ended<T> answer(PodCall call, Sender<T> sender, FailedAttempts attempts)
            throws IOException, InterruptedException {
        try {
            return new Ended<>(sender.send(call), null);
        } catch (InterruptedException e) {
            // Though the answer was to be dropped: the caller wants no other one either.
            call.failed(e);
            throw e;
        } catch (Throwable e) {
            Throwable reason = call.reason(e);
            call.failed(reason);
            if (call.again().isPresent()) {
                return new Ended<>(null, reason);
            }
            if (reason instanceof HttpTimeoutException late && late != e) {
                throw attempts.explained(CallFailures.late(late));
            }
            if (e instanceof IOException last) {
                throw attempts.explained(last);
            }
            throw e;
        }
    }

    /** Waits for a call that goes on without the caller's thread, and ends it if that is interrupted. */
    static <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> call) throws IOException, InterruptedException {
        try {
            return call.get();
        } catch (InterruptedException e) {
            call.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /** Sends one request, and waits for its answer. */
    static <T> HttpResponse<T> exchange(PodCall call, HttpClient client, HttpRequest wire, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        WaitingThread thread = call.exchange().waits();
        try {
            return client.send(wire, call.counting(client, handler));
        } catch (InterruptedException e) {
            if (thread.interrupted()) {
                throw new InterruptedIOException("time is over");
            }
            throw e;
        } finally {
            thread.returned();
        }
    }

    /**
     * What an attempt came to.
     *
     * @param response the answer, or null
     * @param failure why there is none, where the call is made again
     */
    private record Ended<T>(
            @Nullable HttpResponse<T> response, @Nullable Throwable failure) {}

    /** Sends a request. */
    @FunctionalInterface
    interface Sender<T> {
        HttpResponse<T> send(PodCall call) throws IOException, InterruptedException;
    }
}
