package io.serviceresolver.balancer;

import io.serviceresolver.call.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of two at random the one with the less latency, times its calls in flight. The latency is a moving average that jumps up to a
 * peak at once and forgets it slowly, as Finagle's {@code PeakEwma}; a failed call counts as a slow one, as in ServiceTalk.
 */
final class PeakEwmaBalancer implements Balancer {

    private final BalancerContext context;
    private final long decayNanos;

    /** Where latencies are found by the index of their candidate. Written by {@link #update}. */
    private volatile @Nullable PeakLatency[] byIndex = {};

    PeakEwmaBalancer(BalancerContext context, long decayNanos) {
        this.context = context;
        this.decayNanos = decayNanos;
    }

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        int most = candidates.stream().mapToInt(Candidate::index).max().orElse(0);
        @Nullable PeakLatency[] placed = new PeakLatency[most + 1];
        PeakLatency[] all = new PeakLatency[candidates.size()];
        for (int i = 0; i < all.length; i++) {
            Candidate candidate = candidates.get(i);
            PeakLatency known = find(candidate);
            all[i] = known == null ? new PeakLatency(candidate, decayNanos) : known;
            placed[candidate.index()] = all[i];
        }
        byIndex = placed;
        return new LessLatencyOfTwo(all, Weights.of(candidates, context), context);
    }

    private @Nullable PeakLatency find(Candidate candidate) {
        @Nullable PeakLatency[] all = byIndex;
        int index = candidate.index();
        PeakLatency found = index < all.length ? all[index] : null;
        return found != null && found.candidate() == candidate ? found : null;
    }

    @Override
    public Interest interest() {
        return Interest.LATENCY;
    }

    @Override
    public void ended(Candidate at, Outcome outcome, long latencyNanos) {
        PeakLatency latency = find(at);
        if (latency != null) {
            latency.observe(outcome, latencyNanos, context.ticker().getAsLong());
        }
    }
}
