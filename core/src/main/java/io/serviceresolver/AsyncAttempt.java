package io.serviceresolver;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One attempt at a call that blocks nobody: its lease, and what the user's code promised. */
final class AsyncAttempt<T> {

    private final Lease lease;
    private final CompletableFuture<T> future;

    /** That its time was over. Written by its timer. */
    private volatile @Nullable TimeoutException late;

    private AsyncAttempt(Lease lease, CompletableFuture<T> future) {
        this.lease = lease;
        this.future = future;
    }

    static <T> AsyncAttempt<T> begin(Lease lease, Function<? super Endpoint, ? extends CompletionStage<T>> call) {
        CompletableFuture<T> future;
        try {
            future = call.apply(lease.endpoint()).toCompletableFuture();
        } catch (RuntimeException | Error e) {
            future = CompletableFuture.failedFuture(e);
        }
        return new AsyncAttempt<>(lease, future);
    }

    Lease lease() {
        return lease;
    }

    CompletableFuture<T> future() {
        return future;
    }

    void timeOut(Target target, Duration limit) {
        long millis = TimeUnit.MILLISECONDS.convert(limit);
        late = new TimeoutException(target + ": an attempt had no result within " + millis + " ms");
        future.cancel(true);
    }

    /** Ends it for a reason of ours. */
    void cancel(Outcome outcome) {
        lease.complete(outcome);
        future.cancel(true);
    }

    /** Why it failed: not because it was cancelled, where that was because its time was over. */
    Throwable reason(Throwable failure) {
        TimeoutException timeout = late;
        return timeout == null ? failure : timeout;
    }
}
