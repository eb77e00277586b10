package io.serviceresolver.balancer;

import io.serviceresolver.call.Outcome;
import java.util.List;

/**
 * Of two at random the one with the less latency, times its calls in flight. The latency is a moving average that jumps up to a
 * peak at once and forgets it slowly, as Finagle's {@code PeakEwma}; a failed call counts as a slow one, as in ServiceTalk.
 */
final class PeakEwmaBalancer implements Balancer {

    private final BalancerContext context;
    private final long decayNanos;

    private final Estimates<PeakLatency> estimates = new Estimates<>(new PeakLatency[0]);

    PeakEwmaBalancer(BalancerContext context, long decayNanos) {
        this.context = context;
        this.decayNanos = decayNanos;
    }

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        PeakLatency[] all = estimates.update(candidates.toArray(new Candidate[0]), this::unknown, this::unknown);
        return new LessLatencyOfTwo(all, Weights.of(candidates, context), context);
    }

    private PeakLatency unknown(Candidate candidate) {
        return new PeakLatency(candidate, decayNanos);
    }

    @Override
    public Interest interest() {
        return Interest.LATENCY;
    }

    @Override
    public void ended(Candidate at, Outcome outcome, long latencyNanos) {
        PeakLatency latency = estimates.find(at);
        if (latency != null) {
            latency.observe(outcome, latencyNanos, context.ticker().getAsLong());
        }
    }
}
