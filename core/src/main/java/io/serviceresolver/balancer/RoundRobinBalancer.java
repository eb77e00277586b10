package io.serviceresolver.balancer;

import java.util.List;

/** One after the other. The cursor is shared by all pickers, so that an update does not send everyone back to the start. */
final class RoundRobinBalancer implements Balancer {

    private final BalancerContext context;
    private final Cursor cursor;

    RoundRobinBalancer(BalancerContext context) {
        this.context = context;
        this.cursor = new Cursor(context.random());
    }

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        Candidate[] ring = candidates.toArray(new Candidate[0]);
        double[] weights = Weights.of(candidates, context);
        Cursor shared = cursor;
        if (Weights.areEqual(weights)) {
            return () -> ring[(int) (shared.next() % ring.length)];
        }
        GoldenRotation rotation = new GoldenRotation(weights, shared);
        return () -> ring[rotation.next()];
    }
}
