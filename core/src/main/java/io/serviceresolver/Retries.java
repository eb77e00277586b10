package io.serviceresolver;

import java.util.concurrent.atomic.LongAdder;

/** The retries of one port of a service, and the budget that all of its ports have together. Thread-safe. */
final class Retries {

    private final RetryBudget budget;
    private final LongAdder made = new LongAdder();
    private final LongAdder hedges = new LongAdder();
    private final LongAdder refusals = new LongAdder();

    Retries(RetryBudget budget) {
        this.budget = budget;
    }

    /** What calls that go well add to. */
    RetryBudget budget() {
        return budget;
    }

    /** Takes a retry out of the budget: whether there was one. */
    boolean retry() {
        return withdraw(made);
    }

    /** Takes a retry out of the budget for a hedge: whether there was one. */
    boolean hedge() {
        return withdraw(hedges);
    }

    private boolean withdraw(LongAdder use) {
        boolean granted = budget.withdraw();
        (granted ? use : refusals).increment();
        return granted;
    }

    /** A retry that costs nothing. */
    void free() {
        made.increment();
    }

    /** How many retries there were. */
    long made() {
        return made.sum();
    }

    /** How many hedges there were. */
    long hedges() {
        return hedges.sum();
    }

    /** How many of both there would have been, had there been more budget. */
    long refusals() {
        return refusals.sum();
    }
}
