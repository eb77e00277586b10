package io.serviceresolver;

import io.serviceresolver.call.RetryPolicy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many retries a service can bear now, whichever of its ports they are for: calls that go well add to it, retries take
 * from it (gRPC proposal A6). It is its own balance, raised and lowered by the threads that call. Thread-safe.
 */
final class RetryBudget extends AtomicInteger {

    private static final long serialVersionUID = 1L;

    /** A retry in the unit of the balance. */
    private static final int RETRY = 1_000;

    private final int deposit;
    private final int limit;

    RetryBudget(RetryPolicy policy) {
        super(policy.budgetReserve() * RETRY);
        this.deposit = (int) Math.round(policy.budgetRatio() * RETRY);
        this.limit = policy.budgetLimit() * RETRY;
    }

    /** A call went well. */
    void deposit() {
        int now = get();
        // Full most of the time: then this is a read. A deposit that meets another one may be lost.
        if (now < limit && deposit > 0) {
            weakCompareAndSetPlain(now, Math.min(limit, now + deposit));
        }
    }

    /** A call that had gone well broke after that: it adds nothing. */
    void takeBack() {
        getAndUpdate(now -> Math.max(0, now - deposit));
    }

    /** Takes a retry out: whether there was one. */
    boolean withdraw() {
        return getAndUpdate(now -> now >= RETRY ? now - RETRY : now) >= RETRY;
    }
}
