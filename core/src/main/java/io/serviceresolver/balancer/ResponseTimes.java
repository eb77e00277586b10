package io.serviceresolver.balancer;

import io.serviceresolver.call.Outcome;
import java.util.random.RandomGenerator;

/**
 * What is known of all candidates together, by which what is known of one is judged. All that could be tuned is here.
 *
 * <p>Races do no harm: what is known of one candidate changes as a whole, and of all together a little noise is no matter.
 * Means of floats above zero cannot overflow, or become no number, however many calls fail.
 */
final class ResponseTimes {

    /** Of so many calls to a candidate it is assumed that they took as long as the mean of all. */
    private static final double PRIOR_CALLS = 4;

    /** More calls to one candidate than this are counted as this, so that what changes is soon seen. */
    private static final int MOST_CALLS = 30;

    /** The same, of all candidates together. */
    private static final int MOST_CALLS_OF_ALL = 2_000;

    /** As so many mean calls a failed one counts. */
    private static final double FAILED_CALLS = 100;

    /** So many times the mean, or as small a part of it, is taken for the mean: of thirty calls it may well be chance. */
    private static final double CHANCE = 1.25;

    /** So much slower than the mean a candidate is assumed to be that joins others: it has nothing warm yet. More than chance. */
    private static final double NEWCOMER = 1.75;

    /** What calls are assumed to take before one went well: 10 ms. */
    private static final double ASSUMED_NANOS = 10e6;

    /** When so many calls of all candidates are known, one in eight of what follows is enough. */
    private static final int ENOUGH_CALLS = 1_000;

    private static final int ONE_IN_EIGHT = 7 << 8;

    /** When the mean of all is so many times what it was, or as small a part, all is worked out anew. */
    private static final double SHIFT = 1.02;

    private static final int SHIFTS_BITS = 8;

    /** No moment. */
    static final int NEVER = -1;

    private final RandomGenerator random;
    private final CoarseClock clock;

    /** Calls of all candidates that went well. Written by whoever ends one. */
    private final MeanLatency all = new MeanLatency(0);

    /** The mean of all when it last shifted, and how often it did. Written, without order, by whoever ends a call. */
    private double meanThen;

    private int shifts;

    ResponseTimes(BalancerContext context) {
        this.random = context.random();
        this.clock = new CoarseClock(context.ticker());
    }

    /** A candidate of which nothing is known. */
    static TimedCandidate unknown(Candidate candidate) {
        return new TimedCandidate(candidate, 0);
    }

    /** A candidate that joins others. */
    TimedCandidate newcomer(Candidate candidate) {
        long assumed = isKnown() ? MeanLatency.word(NEWCOMER * mean(), PRIOR_CALLS, clock.look()) : 0;
        return new TimedCandidate(candidate, assumed);
    }

    /** Whether any call went well or failed. If not, all candidates are alike. */
    boolean isKnown() {
        return all.isKnown();
    }

    /** What a call takes: the mean of all candidates, nanoseconds. */
    private double mean() {
        double mean = all.mean();
        return mean == 0 ? ASSUMED_NANOS : mean;
    }

    /** In what moment we are: another one when time has passed, or the mean of all has shifted. */
    int moment(int random) {
        return moment(clock.now(random), shifts);
    }

    private static int moment(int now, int shifts) {
        return (now << SHIFTS_BITS | (shifts & ((1 << SHIFTS_BITS) - 1))) & Integer.MAX_VALUE;
    }

    /**
     * What a call to a candidate takes in relation to the mean of all: the mean of its calls, drawn to that of all, and 1
     * where there is not much between them. So candidates that are alike take turns, and not the one that had luck gets all
     * calls.
     */
    double relative(TimedCandidate of, int moment) {
        double mean = mean();
        long word = of.get();
        double calls = MeanLatency.calls(word, moment >> SHIFTS_BITS);
        double sum = MeanLatency.mean(word) * calls + mean * PRIOR_CALLS;
        double ofMean = mean * (calls + PRIOR_CALLS);
        return sum > ofMean * CHANCE || sum * CHANCE < ofMean ? sum / ofMean : 1;
    }

    /** Learns from a call to a candidate: at which moment. */
    int ended(TimedCandidate of, Outcome outcome, long latencyNanos) {
        int bits = random.nextInt();
        int now = clock.now(bits);
        switch (outcome) {
            case SUCCESS -> succeeded(of, latencyNanos, now, bits);
            case SERVER_ERROR, CONNECT_FAILED, IO_ERROR, TIMEOUT -> failed(of, latencyNanos, now);
            case CANCELLED, UNREPORTED -> givenUp(of, latencyNanos, now);
        }
        int moment = moment(now, shifts);
        of.look(this, moment);
        return moment;
    }

    private void succeeded(TimedCandidate of, long latencyNanos, int now, int bits) {
        if (latencyNanos >= 0) {
            double nanos = Math.max(1, latencyNanos);
            of.add(nanos, now, MOST_CALLS);
            if ((bits & ONE_IN_EIGHT) == 0 || all.calls(now) < ENOUGH_CALLS) {
                all.add(nanos, now, MOST_CALLS_OF_ALL);
                noteShift();
            }
        } else if (isKnown()) {
            // It makes up for failures, and says nothing else.
            of.add(mean(), now, MOST_CALLS);
        }
    }

    private void noteShift() {
        double mean = mean();
        if (mean > meanThen * SHIFT || mean * SHIFT < meanThen) {
            meanThen = mean;
            shifts++;
        }
    }

    private void failed(TimedCandidate of, long latencyNanos, int now) {
        if (!isKnown()) {
            all.compareAndSet(0, MeanLatency.word(ASSUMED_NANOS, 0, now));
        }
        // As its own mean at least: a failure never makes up for what was worse.
        double least = Math.max(FAILED_CALLS * mean(), of.mean());
        of.add(Math.max(least, (double) latencyNanos), now, MOST_CALLS);
    }

    /** A call that nobody waited for to its end took at least so long: that counts where it is longer than was expected. */
    private void givenUp(TimedCandidate of, long latencyNanos, int now) {
        double mean = mean();
        if (isKnown() && latencyNanos > relative(of, moment(now, shifts)) * mean) {
            of.add((double) latencyNanos, now, MOST_CALLS);
        }
    }
}
