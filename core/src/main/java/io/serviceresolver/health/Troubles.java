package io.serviceresolver.health;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.health.EndpointHealth.Ejection;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** What is known against one endpoint: failures, and its ejections. Recorded by the threads that make calls; an {@link OutlierDetector} judges. */
final class Troubles {

    private static final AtomicIntegerFieldUpdater<Troubles> FAILURES =
            AtomicIntegerFieldUpdater.newUpdater(Troubles.class, "failures");
    private static final AtomicIntegerFieldUpdater<Troubles> FAILURES_IN_A_ROW =
            AtomicIntegerFieldUpdater.newUpdater(Troubles.class, "failuresInARow");

    /** Calls that failed since the last interval. Raised by callers. */
    private volatile int failures;

    /** Failures in a row. Written by callers. */
    private volatile int failuresInARow;

    /** Whether no connection came about. Written by callers, and by the detector when it has judged that. */
    private volatile boolean unreachable;

    /** Why it is ejected; null where it is not. Written by the detector. */
    private volatile @Nullable Ejection ejection;

    // What follows belongs to the detector.
    private int ejections;
    private long restedNanos;
    private boolean slowBefore;

    /** Whether it is known against an endpoint that a call ended like this. */
    static boolean isOne(Outcome outcome) {
        return switch (outcome) {
            case CONNECT_FAILED, IO_ERROR, TIMEOUT, SERVER_ERROR -> true;
            case SUCCESS, CANCELLED, UNREPORTED -> false;
        };
    }

    /** Notes how a call ended: whether the endpoint is to be judged at once. */
    boolean record(Outcome outcome, OutlierPolicy policy) {
        boolean telling = count(outcome, policy);
        Ejection left = ejection;
        return left == null ? telling : left.trial().ended(outcome);
    }

    private boolean count(Outcome outcome, OutlierPolicy policy) {
        switch (outcome) {
            case SUCCESS -> {
                if (failuresInARow != 0) {
                    failuresInARow = 0;
                }
                return false;
            }
            case CONNECT_FAILED -> {
                failed();
                unreachable = true;
                return true;
            }
            case IO_ERROR, TIMEOUT, SERVER_ERROR -> {
                int inARow = failed();
                return policy.consecutiveFailures() > 0 && inARow >= policy.consecutiveFailures();
            }
            case CANCELLED, UNREPORTED -> {
                return false;
            }
        }
        throw new IllegalStateException(outcome.toString());
    }

    private int failed() {
        FAILURES.getAndIncrement(this);
        return FAILURES_IN_A_ROW.incrementAndGet(this);
    }

    @Nullable
    Ejection ejection() {
        return ejection;
    }

    int failuresInARow() {
        return failuresInARow;
    }

    // All below is for the detector.

    /** How many calls failed since this was last asked. */
    int takeFailures() {
        int failed = failures;
        FAILURES.addAndGet(this, -failed);
        return failed;
    }

    boolean isUnreachable() {
        return unreachable;
    }

    /** Leaves the endpoint alone from now on. */
    void eject(String reason, long now, long until) {
        ejections++;
        ejection = new Ejection(reason, now, until, new Trial());
        restedNanos = until + (until - now);
    }

    /** How many ejections follow one another without a rest. */
    int ejectionsInARow(long now) {
        if (ejections > 0 && now - restedNanos >= 0) {
            ejections = 0;
        }
        return ejections;
    }

    /** Lets a call at a time through to it. */
    void openTrial(Trial trial, long nextReview) {
        unreachable = false;
        trial.open(nextReview);
    }

    /** Lets it be called as the others are. */
    void release() {
        failuresInARow = 0;
        unreachable = false;
        ejection = null;
        slowBefore = false;
    }

    /** Forgets what was not worth an ejection, or could not lead to one. */
    void pardon() {
        unreachable = false;
    }

    /** Whether it was slow now and in the interval before. */
    boolean isSlowAgain(boolean slowNow) {
        boolean again = slowNow && slowBefore;
        slowBefore = slowNow;
        return again;
    }
}
