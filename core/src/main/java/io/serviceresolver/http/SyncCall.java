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
            while (true) {
                PodCall call = pods.acquire();
                HttpResponse<T> response = answer(call, sender);
                Optional<Duration> wait = call.again();
                if (response != null && wait.isEmpty()) {
                    return call.answered(response);
                }
                join(attempts.pause(wait.orElse(Duration.ZERO)));
            }
        } finally {
            attempts.end();
        }
    }

    /** The answer, or null where the call failed and is made again. */
    private static <T> @Nullable HttpResponse<T> answer(PodCall call, Sender<T> sender)
            throws IOException, InterruptedException {
        try {
            return sender.send(call);
        } catch (InterruptedException e) {
            // Though the answer was to be dropped: the caller wants no other one either.
            call.failed(e);
            throw e;
        } catch (Throwable e) {
            Throwable reason = call.reason(e);
            call.failed(reason);
            if (call.again().isPresent()) {
                return null;
            }
            if (reason instanceof HttpTimeoutException late && late != e) {
                throw CallFailures.late(late);
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

    private static void join(CompletableFuture<Void> pause) throws InterruptedException {
        try {
            pause.get();
        } catch (InterruptedException e) {
            pause.cancel(false);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    /** Sends a request. */
    @FunctionalInterface
    interface Sender<T> {
        HttpResponse<T> send(PodCall call) throws IOException, InterruptedException;
    }
}
