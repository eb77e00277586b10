package io.serviceresolver.balancer;

import io.serviceresolver.call.Outcome;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The latency of one candidate: the average, and when it was taken, in one word, so that no thread waits for another. The
 * upper half is the time in units of 2^20 nanoseconds (about a millisecond), the lower the bits of a {@code float}: nanoseconds.
 */
final class PeakLatency extends AtomicLong implements Estimate {

    private static final long serialVersionUID = 1L;

    private static final int UNIT_BITS = 20;

    /** What a failed call counts at least: an endpoint that fails fast must not look like a fast one. */
    private static final long FAILED_NANOS = 1_000_000_000;

    /** How many times as long as it took a failed call counts. */
    private static final int FAILED_TIMES = 10;

    /** The latency of one that has calls in flight and has not answered yet: no more calls until it does, if that can be. */
    private static final double UNKNOWN = 1e18;

    private final transient Candidate candidate;
    private final double decayUnits;

    PeakLatency(Candidate candidate, long decayNanos) {
        this.candidate = candidate;
        this.decayUnits = Math.max(1, decayNanos >> UNIT_BITS);
    }

    @Override
    public Candidate candidate() {
        return candidate;
    }

    /**
     * What one call more would have to wait, as far as can be known.
     *
     * @param more how many calls it is taken to have besides those in flight
     * @param share how much of a call it has to bear for each in flight
     */
    double load(long nowNanos, int more, double share) {
        long state = get();
        int inFlight = candidate.inFlight() + more;
        double average = average(state);
        if (average == 0) {
            return inFlight == 0 ? 0 : UNKNOWN * (inFlight * share + 1);
        }
        return average * kept(state, units(nowNanos)) * (inFlight * share + 1);
    }

    /** Learns from a call. Of one that went well or was given up how long it took is all that counts. */
    void observe(Outcome outcome, long latencyNanos, long nowNanos) {
        if (latencyNanos < 0 && !isFailure(outcome)) {
            return;
        }
        int now = units(nowNanos);
        double seen = cost(outcome, latencyNanos);
        boolean onlyPeak = outcome == Outcome.CANCELLED || outcome == Outcome.UNREPORTED;
        long before;
        long after;
        do {
            before = get();
            double average = average(before);
            if (onlyPeak && seen <= average) {
                return;
            }
            double kept = kept(before, now);
            double next = seen > average * kept ? seen : average * kept + seen * (1 - kept);
            after = ((long) now << 32) | Integer.toUnsignedLong(Float.floatToRawIntBits((float) next));
        } while (!compareAndSet(before, after));
    }

    /** A call that nobody waited for to its end took at least so long, and says no more. */
    private static double cost(Outcome outcome, long latencyNanos) {
        return isFailure(outcome)
                ? Math.max(FAILED_NANOS, (double) latencyNanos * FAILED_TIMES)
                : Math.max(1, latencyNanos);
    }

    private static boolean isFailure(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS, CANCELLED, UNREPORTED -> false;
            case SERVER_ERROR, CONNECT_FAILED, IO_ERROR, TIMEOUT -> true;
        };
    }

    private static int units(long nanos) {
        return (int) (nanos >> UNIT_BITS);
    }

    private static double average(long state) {
        return Float.intBitsToFloat((int) state);
    }

    /** How much of the average is left by now. */
    private double kept(long state, int now) {
        int age = Math.max(0, now - (int) (state >> 32));
        return age == 0 ? 1 : Math.exp(-age / decayUnits);
    }
}
