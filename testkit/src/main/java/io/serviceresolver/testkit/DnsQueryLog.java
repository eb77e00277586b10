package io.serviceresolver.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** The queries that a {@link DnsServer} received, and those who wait for more. Thread-safe. */
final class DnsQueryLog {

    private static final long PATIENCE_SECONDS = 30;

    /** Both guarded by the lock of this object. */
    private final List<DnsQuery> queries = new ArrayList<>();

    private final List<Waiter> waiters = new ArrayList<>();

    /** Someone who waits until as many queries as wanted have come. */
    private record Waiter(Predicate<DnsQuery> wanted, int count, CompletableFuture<List<DnsQuery>> result) {}

    synchronized void add(DnsQuery query) {
        queries.add(query);
        serveWaiters();
    }

    synchronized List<DnsQuery> find(Predicate<DnsQuery> wanted) {
        return queries.stream().filter(wanted).toList();
    }

    List<DnsQuery> await(Predicate<DnsQuery> wanted, int count) {
        try {
            return enqueue(wanted, count).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("expected " + count + " such queries, got " + find(query -> true), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for queries", e);
        }
    }

    private synchronized CompletableFuture<List<DnsQuery>> enqueue(Predicate<DnsQuery> wanted, int count) {
        Waiter waiter = new Waiter(wanted, count, new CompletableFuture<>());
        waiters.add(waiter);
        serveWaiters();
        return waiter.result;
    }

    private void serveWaiters() {
        waiters.removeIf(waiter -> {
            List<DnsQuery> found = find(waiter.wanted);
            return found.size() >= waiter.count && waiter.result.complete(found);
        });
    }
}
