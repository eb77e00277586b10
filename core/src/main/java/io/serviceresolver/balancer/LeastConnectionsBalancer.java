package io.serviceresolver.balancer;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The one with the fewest calls in flight, ties broken uniformly at random by sampling a reservoir of one (Vitter,
 * "Random Sampling with a Reservoir", ACM TOMS 11(1), 1985). Choosing and counting are one step: the count is raised
 * only if it is still the one that was found to be the least, and the search is done again otherwise.
 */
record LeastConnectionsBalancer(RandomGenerator random) implements Balancer {

    @Override
    public Picker update(List<? extends Candidate> candidates) {
        return new LeastConnectionsPicker(candidates.toArray(new Candidate[0]), random);
    }

    private static final class LeastConnectionsPicker implements Picker {

        /** After so many lost races the least loaded one is taken as it is: no pick waits without a bound. */
        private static final int MAX_TRIES = 16;

        private final Candidate[] all;
        private final RandomGenerator random;

        LeastConnectionsPicker(Candidate[] all, RandomGenerator random) {
            this.all = all;
            this.random = random;
        }

        @Override
        public Candidate pick() {
            return all[index(least())];
        }

        @Override
        public Candidate begin() {
            for (int i = 0; i < MAX_TRIES; i++) {
                long least = least();
                Candidate chosen = all[index(least)];
                if (chosen.beginIf(inFlight(least))) {
                    return chosen;
                }
            }
            return Picker.super.begin();
        }

        /** The least loaded one and its load as it was seen, in one value: the hot path makes no objects. */
        private long least() {
            int index = 0;
            int fewest = all[0].inFlight();
            int ties = 1;
            for (int i = 1; i < all.length; i++) {
                int inFlight = all[i].inFlight();
                if (inFlight < fewest) {
                    index = i;
                    fewest = inFlight;
                    ties = 1;
                } else if (inFlight == fewest && random.nextInt(++ties) == 0) {
                    index = i;
                }
            }
            return (long) fewest << 32 | index;
        }

        private static int index(long least) {
            return (int) least;
        }

        private static int inFlight(long least) {
            return (int) (least >> 32);
        }
    }
}
