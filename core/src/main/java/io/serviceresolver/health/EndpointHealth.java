package io.serviceresolver.health;

import io.serviceresolver.call.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What calls say of one endpoint, and whether it is ejected because of it. Calls are recorded by the threads that make
 * them; an {@link OutlierDetector} judges. There is one for each endpoint, so what only those have of which something bad is
 * known is an object of its own, made when that becomes known.
 */
public final class EndpointHealth {

    private static final AtomicLongFieldUpdater<EndpointHealth> TIMES =
            AtomicLongFieldUpdater.newUpdater(EndpointHealth.class, "times");

    /** Where the number of timed calls stands above their microseconds. */
    private static final int TIMES_SHIFT = 40;

    /** Longer calls count as this, more than an hour. */
    private static final long MOST_MICROS = 1L << 32;

    /** There is no room for more: eight million calls, or six days of them. Half of what would overflow. */
    private static final long FULL = 1L << 63 | 1L << (TIMES_SHIFT - 1);

    /** How many successful calls were timed since the last interval, and how long they took: one number, to be one write. Raised by callers. */
    private volatile long times;

    /** Null until there is something to say. Written once, by a caller or by the detector, under the lock of this object. */
    private volatile @Nullable Troubles troubles;

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
     * {@link #takeInterval}.
     *
     * @param outcome how it ended
     * @param policy when an endpoint is ejected
     * @return whether the endpoint is to be judged at once
     */
    public boolean record(Outcome outcome, OutlierPolicy policy) {
        Troubles known = troubles;
        if (known == null && !Troubles.isOne(outcome)) {
            return false;
        }
        return troubles().record(outcome, policy);
    }

    /** What is known against it: made where there was nothing before. */
    Troubles troubles() {
        Troubles known = troubles;
        return known == null ? makeTroubles() : known;
    }

    private synchronized Troubles makeTroubles() {
        Troubles known = troubles;
        if (known == null) {
            known = new Troubles();
            troubles = known;
        }
        return known;
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
        Troubles known = troubles;
        return known == null ? Optional.empty() : Optional.ofNullable(known.ejection());
    }

    /** Whether it is left alone, but for a call at a time while it is on trial. */
    public boolean isEjected() {
        Troubles known = troubles;
        return known != null && known.ejection() != null;
    }

    /** Whether the last call that tells anything failed. */
    public boolean failedLast() {
        Troubles known = troubles;
        return known != null && known.failuresInARow() > 0;
    }

    /** How it comes back, where its ejection is over and nothing decided yet. */
    public Optional<Trial> trial() {
        return ejection().map(Ejection::trial).filter(Trial::isOpen);
    }

    /**
     * What was recorded since this was last asked, for {@link OutlierDetector#judgeInterval}.
     *
     * @param successes how many calls went well since
     * @return all of it
     */
    public Interval takeInterval(long successes) {
        long timesNow = TIMES.getAndSet(this, 0);
        int timed = (int) (timesNow >>> TIMES_SHIFT);
        long micros = timesNow & ((1L << TIMES_SHIFT) - 1);
        Troubles known = troubles;
        int failures = known == null ? 0 : known.takeFailures();
        return new Interval(this, successes, failures, timed, timed == 0 ? 0 : (double) micros / timed);
    }

    /** Whether it was slow now and in the interval before. */
    boolean isSlowAgain(boolean slowNow) {
        Troubles known = slowNow ? troubles() : troubles;
        return known != null && known.isSlowAgain(slowNow);
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
    public record Interval(EndpointHealth health, long successes, long failures, int timed, double meanMicros) {

        long calls() {
            return successes + failures;
        }

        double successRate() {
            return (double) successes / calls();
        }
    }
}
