package io.serviceresolver.balancer;

import java.util.List;
import java.util.random.RandomGenerator;

/** Of two different ones chosen at random, the one with fewer calls in flight; at a tie the first, which is random too. */
record PowerOfTwoBalancer(RandomGenerator random) implements Balancer {

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        Candidate[] all = candidates.toArray(new Candidate[0]);
        return all.length == 1 ? () -> all[0] : () -> lessLoaded(all);
    }

    private Candidate lessLoaded(Candidate[] all) {
        int first = random.nextInt(all.length);
        int second = random.nextInt(all.length - 1);
        if (second >= first) {
            second++;
        }
        return all[second].inFlight() < all[first].inFlight() ? all[second] : all[first];
    }
}
