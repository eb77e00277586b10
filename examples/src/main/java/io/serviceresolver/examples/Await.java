package io.serviceresolver.examples;

import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceState;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.source.Subscription;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Waits for what other threads do, never without a limit. */
final class Await {

    /** For what takes milliseconds, unless the machine is overloaded. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long POLL_MILLIS = 5;

    private Await() {}

    /**
     * Waits until something is done.
     *
     * @param what the expectation, for the error
     * @throws IllegalStateException if it is not done in time, or failed
     */
    static <T> T done(Future<T> future, String what, Duration limit) {
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("waited " + limit.toSeconds() + " s (expected: " + what + ")", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause() + " (expected: " + what + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted (expected: " + what + ")", e);
        }
    }

    /** Waits until a condition holds, which is looked at every few milliseconds. */
    static void until(ScheduledExecutorService timer, String what, BooleanSupplier condition) {
        CompletableFuture<Void> holds = new CompletableFuture<>();
        Runnable look = () -> {
            try {
                if (condition.getAsBoolean()) {
                    holds.complete(null);
                }
            } catch (RuntimeException e) {
                holds.completeExceptionally(e);
            }
        };
        Future<?> polling = timer.scheduleWithFixedDelay(look, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
        try {
            done(holds, what, PATIENCE);
        } finally {
            polling.cancel(false);
        }
    }

    /** Waits until a handle has this status. */
    static void status(ScheduledExecutorService timer, ServiceHandle handle, ServiceState.Status status) {
        until(timer, handle.target() + " is " + status, () -> handle.state().status() == status);
    }

    /** Waits until the endpoints that a handle knows are as expected; it is told of each change. */
    static void endpoints(ServiceHandle handle, String what, Predicate<EndpointSet> expected) {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        Subscription listening = handle.addListener(set -> {
            if (expected.test(set)) {
                seen.complete(null);
            }
        });
        try {
            done(seen, what, PATIENCE);
        } finally {
            listening.close();
        }
    }
}
