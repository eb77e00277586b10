package io.serviceresolver.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;

/** Something that can be cancelled, and counts how many times it was. */
final class CountedCancels extends CompletableFuture<Void> implements Subscription {

    private final AtomicInteger cancels = new AtomicInteger();

    int cancels() {
        return cancels.get();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        cancels.incrementAndGet();
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public void cancel() {
        cancels.incrementAndGet();
    }

    @Override
    public void request(long buffers) {
        // Nothing comes.
    }
}
