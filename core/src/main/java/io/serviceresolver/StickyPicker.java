package io.serviceresolver;

import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Keeps to one endpoint, as {@code sessionAffinity: ClientIP} asks: kube-proxy goes by the address of the client, and a
 * process has one. The balancer chooses when there is no endpoint to keep to, or too long a time has passed since the last
 * use.
 */
final class StickyPicker implements Picker {

    private final Picker balanced;
    private final Set<Candidate> candidates;
    private final Affinity affinity;
    private final LongSupplier ticker;
    private final long timeoutNanos;

    StickyPicker(
            Picker balanced, Set<Candidate> candidates, Affinity affinity, LongSupplier ticker, long timeoutNanos) {
        this.balanced = balanced;
        this.candidates = candidates;
        this.affinity = affinity;
        this.ticker = ticker;
        this.timeoutNanos = timeoutNanos;
    }

    @Override
    public Candidate pick() {
        long now = ticker.getAsLong();
        Affinity.Bond bond = affinity.current();
        while (bond == null || !candidates.contains(bond.candidate()) || !bond.use(now, timeoutNanos)) {
            Affinity.Bond fresh = new Affinity.Bond(balanced.pick(), now);
            if (affinity.replace(bond, fresh)) {
                return fresh.candidate();
            }
            bond = affinity.current();
        }
        return bond.candidate();
    }
}
