package io.serviceresolver.http;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A thread that blocks in a call until it is interrupted, or the call ends by itself. */
final class Interrupted {

    private final CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    private final Thread thread;

    Interrupted(Callable<?> call) {
        thread = new Thread(() -> {
            try {
                call.call();
                thrown.completeExceptionally(new AssertionError("returned"));
            } catch (Exception e) {
                thrown.complete(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** What it threw without that. */
    Throwable ends() throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        return thrown.get(30, TimeUnit.SECONDS);
    }

    /** Interrupts it: what it threw then. */
    Throwable interrupt() throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
        thread.interrupt();
        return thrown.get(30, TimeUnit.SECONDS);
    }
}
