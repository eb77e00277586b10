package io.serviceresolver.balancer;

/** A candidate, and how long calls to it took. */
final class TimedCandidate extends MeanLatency {

    private static final long serialVersionUID = 1L;

    private final transient Candidate candidate;

    TimedCandidate(Candidate candidate, int most, long word) {
        super(most, word);
        this.candidate = candidate;
    }

    Candidate candidate() {
        return candidate;
    }

    boolean isIdle() {
        return candidate.inFlight() == 0;
    }

    /**
     * How long one call more would take, as far as can be known.
     *
     * @param mean the mean of all candidates
     * @param share how much of a call it has to bear for each in flight: 1 where all have the same weight
     */
    double load(double mean, double share, int now) {
        return ResponseTimes.estimate(this, mean, now) * (candidate.inFlight() * share + 1);
    }
}
