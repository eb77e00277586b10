package io.serviceresolver.health;

import io.serviceresolver.call.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What calls say of one endpoint, and whether it is ejected because of it. Calls are recorded by the threads that make
 * them; an {@link OutlierDetector} judges. Its counters are fields, not objects of their own: there is one for each endpoint.
 */
public final class EndpointHealth {

    private static final AtomicIntegerFieldUpdater<EndpointHealth> FAILURES =
            AtomicIntegerFieldUpdater.newUpdater(EndpointHealth.class, "failures");
    private static final AtomicIntegerFieldUpdater<EndpointHealth> FAILURES_IN_A_ROW =
            AtomicIntegerFieldUpdater.newUpdater(EndpointHealth.class, "failuresInARow");
    private static final AtomicLongFieldUpdater<EndpointHealth> TIMES =
            AtomicLongFieldUpdater.newUpdater(EndpointHealth.class, "times");

    /** One call in so many is timed, as looking at a clock costs more than all else of a pick. */
    private static final int TIMED = 8;

    /** Where the number of timed calls stands above their microseconds. */
    private static final int TIMES_SHIFT = 40;

    /** Longer calls count as this, more than an hour. */
    private static final long MOST_MICROS = 1L << 32;

    /** There is no room for more: eight million calls, or six days of them. Half of what would overflow. */
    private static final long FULL = 1L << 63 | 1L << (TIMES_SHIFT - 1);

    /** Calls that failed since the last interval. Raised by callers. */
    private volatile int failures;

    /** Counts calls that begin, without care: only to choose which are timed. Written by callers, without order. */
    private int begun;

    /** Failures in a row. Written by callers. */
    private volatile int failuresInARow;

    /** How many successful calls were timed since the last interval, and how long they took: one number, to be one write. Raised by callers. */
    private volatile long times;

    /** Whether no connection came about. Written by callers, and by the detector when it has judged that. */
    private volatile boolean unreachable;

    /** Why it is ejected; null where it is not. Written by the detector. */
    private volatile @Nullable Ejection ejection;

    // What follows belongs to the detector.
    private long successes;
    private int ejections;
    private long restedNanos;
    private boolean slowBefore;

    /**
     * Why an endpoint is left alone.
     *
     * @param reason what calls said of it: a few words
     * @param sinceNanos since when, by the detector's time
     * @param untilNanos until when, by the detector's time
     * @param trial how it comes back afterwards
     */
    public record Ejection(String reason, long sinceNanos, long untilNanos, Trial trial) {}

    /**
     * Records how a call ended. Successes are not counted, as whoever counts calls counts them anyway: they are told by
     * {@link #addSuccesses}.
     *
     * @param outcome how it ended
     * @param policy when an endpoint is ejected
     * @return whether the endpoint is to be judged at once
     */
    public boolean record(Outcome outcome, OutlierPolicy policy) {
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
                return failed() == policy.consecutiveFailures();
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

    /**
     * Counts calls that went well. To be called by whoever has them judged, before each interval is.
     *
     * @param count how many since this was last called
     */
    public void addSuccesses(long count) {
        successes += count;
    }

    /** Whether a call that begins now is to be timed: one in eight is. */
    public boolean isTimed() {
        int count = begun;
        begun = count + 1;
        return count % TIMED == 0;
    }

    /**
     * Records how long a call took that went well.
     *
     * @param nanos how long, in nanoseconds
     */
    public void recordLatency(long nanos) {
        if ((times & FULL) == 0) {
            TIMES.getAndAdd(this, (1L << TIMES_SHIFT) + Math.min(nanos / 1_000, MOST_MICROS));
        }
    }

    /** Why it is left alone, if it is. */
    public Optional<Ejection> ejection() {
        return Optional.ofNullable(ejection);
    }

    /** Whether it is left alone, but for a call at a time while it is on trial. */
    public boolean isEjected() {
        return ejection != null;
    }

    /** How it comes back, where its ejection is over and nothing decided yet. */
    public Optional<Trial> trial() {
        return ejection().map(Ejection::trial).filter(Trial::isOpen);
    }

    // All below is for the detector.

    int failuresInARow() {
        return failuresInARow;
    }

    boolean isUnreachable() {
        return unreachable;
    }

    /** Leaves it alone from now on. */
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

    /** What was recorded since this was last asked. */
    Interval takeInterval() {
        long succeeded = successes;
        int failed = failures;
        long timesNow = TIMES.getAndSet(this, 0);
        int timed = (int) (timesNow >>> TIMES_SHIFT);
        long micros = timesNow & ((1L << TIMES_SHIFT) - 1);
        successes = 0;
        FAILURES.addAndGet(this, -failed);
        return new Interval(this, succeeded, failed, timed, timed == 0 ? 0 : (double) micros / timed);
    }

    /**
     * What was recorded in an interval.
     *
     * @param health of which endpoint
     * @param successes how many calls went well
     * @param failures how many failed
     * @param timed how many were timed
     * @param meanMicros how long those took, on average
     */
    record Interval(EndpointHealth health, long successes, long failures, int timed, double meanMicros) {

        long calls() {
            return successes + failures;
        }

        double successRate() {
            return (double) successes / calls();
        }
    }
}
