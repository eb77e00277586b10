package io.serviceresolver.grpc;

import io.grpc.LoadBalancer.PickResult;
import io.grpc.Status;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.call.Lease;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What a handle has for a call at this moment.
 *
 * @param lease a call that was begun; null where there is no endpoint
 * @param failure why not; null where that is not known yet
 */
record Asked(@Nullable Lease lease, @Nullable Throwable failure) {

    private static final Asked NOTHING_YET = new Asked(null, null);

    /** Begins a call, and waits for nothing. */
    static Asked of(ServiceHandle handle) {
        return at(handle.acquireAsync());
    }

    /** Begins a call that chooses its endpoint by a key, and waits for nothing. */
    static Asked of(ServiceHandle handle, String key) {
        return at(handle.acquireAsync(key));
    }

    private static Asked at(CompletableFuture<Lease> asked) {
        if (!asked.isDone() && asked.cancel(false)) {
            return NOTHING_YET;
        }
        return asked.handle(Asked::new).join();
    }

    /** What to tell a channel where there is no endpoint. */
    PickResult refusal() {
        return failure == null ? PickResult.withNoResult() : PickResult.withError(status(failure));
    }

    /** What a call fails with, for want of an endpoint. */
    static Status status(Throwable failure) {
        Throwable reason =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return Status.UNAVAILABLE.withDescription(reason.getMessage()).withCause(reason);
    }
}
