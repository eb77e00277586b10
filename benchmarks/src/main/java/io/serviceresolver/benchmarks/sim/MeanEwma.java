package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.BalancerContext;
import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.call.Outcome;
import java.util.List;

/**
 * What others have at best: of two at random the one with the less average latency, times its calls in flight and one. The
 * average is a mean that forgets with a time constant of 10 seconds; a failed call counts as a second. A server without an
 * answer gets one call. For the simulation only: it is not thread-safe.
 */
final class MeanEwma implements Balancer {

    private static final double DECAY_NANOS = 10e9;
    private static final double FAILED_NANOS = 1e9;
    private static final double UNKNOWN = 1e18;

    private final BalancerContext context;
    private double[] means = {};
    private long[] stamps = {};
    private Candidate[] owners = {};

    MeanEwma(BalancerContext context) {
        this.context = context;
    }

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        int most = candidates.stream().mapToInt(Candidate::index).max().orElse(0);
        double[] meansNow = new double[most + 1];
        long[] stampsNow = new long[most + 1];
        Candidate[] ownersNow = new Candidate[most + 1];
        for (Candidate one : candidates) {
            int index = one.index();
            ownersNow[index] = one;
            if (isKnown(one)) {
                meansNow[index] = means[index];
                stampsNow[index] = stamps[index];
            }
        }
        means = meansNow;
        stamps = stampsNow;
        owners = ownersNow;
        return () -> lessLoaded(candidates);
    }

    private Candidate lessLoaded(List<? extends Candidate> all) {
        int one = context.random().nextInt(all.size());
        if (all.size() == 1) {
            return all.get(one);
        }
        int other = (one + 1 + context.random().nextInt(all.size() - 1)) % all.size();
        long now = context.ticker().getAsLong();
        return load(all.get(other), now) < load(all.get(one), now) ? all.get(other) : all.get(one);
    }

    private double load(Candidate one, long now) {
        double mean = means[one.index()] * kept(one.index(), now);
        return mean == 0 ? (one.inFlight() == 0 ? 0 : UNKNOWN + one.inFlight()) : mean * (one.inFlight() + 1);
    }

    private double kept(int index, long now) {
        return Math.exp(-(now - stamps[index]) / DECAY_NANOS);
    }

    private boolean isKnown(Candidate one) {
        return one.index() < owners.length && owners[one.index()] == one;
    }

    @Override
    public Interest interest() {
        return Interest.LATENCY;
    }

    @Override
    public void ended(Candidate at, Outcome outcome, long latencyNanos) {
        if (!isKnown(at)) {
            return;
        }
        int index = at.index();
        long now = context.ticker().getAsLong();
        double seen =
                outcome == Outcome.SUCCESS ? (double) latencyNanos : Math.max(FAILED_NANOS, (double) latencyNanos);
        double kept = means[index] == 0 ? 0 : kept(index, now);
        means[index] = means[index] * kept + seen * (1 - kept);
        stamps[index] = now;
    }
}
