package io.serviceresolver.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Those who wait for something to become true. Thread-safe. */
final class ApiWaiters {

    private static final long PATIENCE_SECONDS = 30;

    /** Guarded by this. */
    private final List<Waiter> waiters = new ArrayList<>();

    private record Waiter(BooleanSupplier condition, CompletableFuture<Void> met) {}

    /** To be called whenever something changed that somebody may wait for. */
    void check() {
        List<Waiter> now;
        synchronized (this) {
            now = List.copyOf(waiters);
        }
        now.stream()
                .filter(waiter -> waiter.condition().getAsBoolean())
                .forEach(waiter -> waiter.met().complete(null));
    }

    void await(String what, BooleanSupplier condition) {
        Waiter waiter = new Waiter(condition, new CompletableFuture<>());
        synchronized (this) {
            waiters.add(waiter);
        }
        try {
            check();
            waiter.met().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("waited " + PATIENCE_SECONDS + " s in vain for " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        } finally {
            synchronized (this) {
                waiters.remove(waiter);
            }
        }
    }
}
