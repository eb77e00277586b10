package io.serviceresolver.balancer;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Chooses the least loaded of some taken at random, each different from the best one so far; at a tie the one that was found
 * first, which is random too. Load is (calls in flight + 1) / weight. Immutable.
 */
final class RandomChoices {

    private final Candidate[] all;
    private final int choices;

    RandomChoices(List<? extends Candidate> candidates, int choices) {
        this.all = candidates.toArray(new Candidate[0]);
        this.choices = all.length == 1 ? 1 : choices;
    }

    Candidate pick(RandomGenerator random) {
        int best = random.nextInt(all.length);
        for (int i = 1; i < choices; i++) {
            int other = random.nextInt(all.length - 1);
            if (other >= best) {
                other++;
            }
            if (isLess(all[other], all[best])) {
                best = other;
            }
        }
        return all[best];
    }

    private static boolean isLess(Candidate one, Candidate other) {
        return (one.inFlight() + 1) * other.weight() < (other.inFlight() + 1) * one.weight();
    }
}
