package io.serviceresolver.balancer;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Chooses the least loaded of some taken at random, each different from the best one so far; at a tie the one that was found
 * first, which is random too. Load is (calls in flight + 1) / weight. Immutable.
 */
final class RandomChoices {

    private final Candidate[] all;
    private final int choices;
    private final boolean weighted;

    RandomChoices(Candidate[] all, int choices, BalancerContext context) {
        this.all = all;
        this.choices = choices;
        this.weighted = !Weights.areEqual(Weights.of(Arrays.asList(all), context));
    }

    Candidate pick(RandomGenerator random) {
        if (all.length == 1) {
            return all[0];
        }
        long bits = random.nextLong();
        int best = Draws.scale((int) (bits >>> 32), all.length);
        best = lessLoaded(best, (int) bits);
        for (int i = 2; i < choices; i++) {
            best = lessLoaded(best, random.nextInt());
        }
        return all[best];
    }

    /** The less loaded of one and another one. */
    private int lessLoaded(int one, int bits) {
        int drawn = Draws.scale(bits, all.length - 1);
        int other = drawn < one ? drawn : drawn + 1;
        return isLess(all[other], all[one]) ? other : one;
    }

    private boolean isLess(Candidate one, Candidate other) {
        if (!weighted) {
            return one.inFlight() < other.inFlight();
        }
        return (one.inFlight() + 1) * other.weight() < (other.inFlight() + 1) * one.weight();
    }
}
