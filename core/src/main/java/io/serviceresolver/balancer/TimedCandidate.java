package io.serviceresolver.balancer;

/** A candidate, and how long calls to it took. */
final class TimedCandidate extends MeanLatency implements Estimate {

    private static final long serialVersionUID = 1L;

    private final transient Candidate candidate;

    /**
     * What a call is expected to take, in relation to the mean of all candidates, and at which moment that was so: to work it
     * out at each pick would cost more than all else of it. Written, without order, by whoever looks or learns.
     */
    private float relative;

    private int moment = ResponseTimes.NEVER;

    TimedCandidate(Candidate candidate, long word) {
        super(word);
        this.candidate = candidate;
    }

    @Override
    public Candidate candidate() {
        return candidate;
    }

    boolean isIdle() {
        return candidate.inFlight() == 0;
    }

    /** How long one call more would take in relation to the mean of all, as far as can be known. */
    float load(ResponseTimes times, int now) {
        return load(times, now, candidate.inFlight());
    }

    /**
     * The same, where the calls in flight are known.
     *
     * @param inFlight how many there are
     */
    float load(ResponseTimes times, int now, int inFlight) {
        return relative(times, now) * (inFlight + 1);
    }

    /**
     * The same, by weight.
     *
     * @param share how much of a call it has to bear for each in flight
     */
    double load(ResponseTimes times, int now, double share) {
        return relative(times, now) * (candidate.inFlight() * share + 1);
    }

    private float relative(ResponseTimes times, int now) {
        return moment == now ? relative : look(times, now);
    }

    /** Works out anew what a call is expected to take. */
    float look(ResponseTimes times, int now) {
        float found = (float) times.relative(this, now);
        relative = found;
        moment = now;
        return found;
    }
}
