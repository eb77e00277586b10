package io.serviceresolver.http;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * The future of an asynchronous call. As with the JDK's own, {@code cancel(true)} on it, or on a future derived from
 * it, ends the exchange.
 */
final class CallFuture<T> extends CompletableFuture<T> {

    private final Cancellation cancellation;

    CallFuture(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CallFuture<>(cancellation);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean first = mayInterruptIfRunning && !isDone() && cancellation.cancel(new CancellationException());
        return super.cancel(mayInterruptIfRunning) || first;
    }
}
