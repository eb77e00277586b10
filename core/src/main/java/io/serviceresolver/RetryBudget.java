package io.serviceresolver;

import io.serviceresolver.call.RetryPolicy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many retries a service can bear now, whichever of its ports they are for: calls that go well add to it, retries take
 * from it (gRPC proposal A6). Thread-safe.
 */
final class RetryBudget {

    /** A retry in the unit of the balance. */
    private static final int RETRY = 1_000;

    private final int deposit;
    private final int limit;

    /** Raised and lowered by the threads that call. */
    private final AtomicInteger balance;

    RetryBudget(RetryPolicy policy) {
        this.deposit = (int) Math.round(policy.budgetRatio() * RETRY);
        this.limit = policy.budgetLimit() * RETRY;
        this.balance = new AtomicInteger(policy.budgetReserve() * RETRY);
    }

    /** A call went well. */
    void deposit() {
        int now = balance.get();
        // Full most of the time: then this is a read. A deposit that meets another one may be lost.
        if (now < limit && deposit > 0) {
            balance.weakCompareAndSetPlain(now, Math.min(limit, now + deposit));
        }
    }

    /** A call that had gone well broke after that: it adds nothing. */
    void takeBack() {
        balance.getAndUpdate(now -> Math.max(0, now - deposit));
    }

    /** Takes a retry out: whether there was one. */
    boolean withdraw() {
        return balance.getAndUpdate(now -> now >= RETRY ? now - RETRY : now) >= RETRY;
    }
}
