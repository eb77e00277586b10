package io.serviceresolver.http;

import io.serviceresolver.NoEndpointsException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Where the caller's thread waits for endpoints, until the time for the call is over. Thread-safe. */
final class PodWait {

    private final RequestAttempts attempts;

    /** Fails when time is over. */
    private final CompletableFuture<PodCall> over = new CompletableFuture<>();

    PodWait(RequestAttempts attempts) {
        this.attempts = attempts;
    }

    void expire(HttpTimeoutException timeout) {
        over.completeExceptionally(timeout);
    }

    /** The next attempt, with its endpoint. */
    PodCall acquire() throws IOException, InterruptedException {
        try {
            // Without a time-out there is nothing to wait for but the endpoint.
            return attempts.isTimed() ? inTime(attempts.acquireAsync()) : attempts.acquire();
        } catch (NoEndpointsException e) {
            throw CallFailures.noEndpoints(e);
        } catch (CancellationException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw e;
        }
    }

    /**
     * The attempt that follows, after a wait.
     *
     * @param before why the last one failed; null where it was answered
     */
    PodCall acquireAfter(Duration wait, @Nullable Throwable before) throws IOException, InterruptedException {
        try {
            join(attempts.pause(wait));
            return acquire();
        } catch (IOException | RuntimeException e) {
            CallFailures.show(e, before);
            throw e;
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

    private PodCall inTime(CompletableFuture<PodCall> picked) throws IOException, InterruptedException {
        CompletableFuture<PodCall> first = new CompletableFuture<>();
        over.whenComplete((nothing, timeout) -> first.completeExceptionally(timeout));
        picked.whenComplete((call, failure) -> {
            if (failure != null) {
                first.completeExceptionally(CallFailures.unwrapped(failure));
            } else if (!first.complete(call)) {
                call.lose();
            }
        });
        try {
            return first.get();
        } catch (InterruptedException e) {
            // From now on it fails, or else it came just now.
            if (!first.cancel(false) && !first.isCompletedExceptionally()) {
                first.join().lose();
            }
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpTimeoutException late) {
                throw CallFailures.late(late);
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        }
    }
}
