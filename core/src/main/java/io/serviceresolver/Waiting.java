package io.serviceresolver;

import io.serviceresolver.endpoint.Target;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Blocks the caller's thread for those methods that are said to wait. */
final class Waiting {

    private Waiting() {}

    /** The value, or the failure thrown as it is. Interruption ends the wait, and stays set. */
    static <T> T join(Target service, CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(false);
            CancellationException cancelled = new CancellationException(service + ": interrupted while waiting");
            cancelled.initCause(e);
            throw cancelled;
        }
    }
}
