package io.serviceresolver.balancer;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the least loaded of some taken at random, each different from the best one so far; at a tie the one that was found
 * first, which is random too. Load is the number of calls in flight. Immutable.
 *
 * <p>Where candidates have weights each is taken as often as its weight says, and load is calls in flight / weight: so those that
 * are idle are chosen by their weights. One that is taken again makes room for any other that would have less load with
 * the call than it has without: what is drawn twice is heavy, and is not to lose its share for a call or two.
 */
final class RandomChoices {

    private final Candidate[] all;
    private final int choices;

    /** Draws by weight; null where weights do not differ. */
    private final @Nullable AliasTable table;

    RandomChoices(Candidate[] all, int choices, BalancerContext context) {
        double[] weights = Weights.of(Arrays.asList(all), context);
        this.all = all;
        this.choices = choices;
        this.table = Weights.areEqual(weights) ? null : new AliasTable(weights);
    }

    Candidate pick(RandomGenerator random) {
        if (all.length == 1) {
            return all[0];
        }
        long bits = random.nextLong();
        return table == null ? pick(bits, random) : pick(bits, random, table);
    }

    private Candidate pick(long bits, RandomGenerator random) {
        int best = Draws.scale((int) (bits >>> 32), all.length);
        best = lessLoaded(best, (int) bits);
        for (int i = 2; i < choices; i++) {
            best = lessLoaded(best, random.nextInt());
        }
        return all[best];
    }

    private int lessLoaded(int one, int bits) {
        int other = Draws.other(one, bits, all.length);
        return all[other].inFlight() < all[one].inFlight() ? other : one;
    }

    private Candidate pick(long bits, RandomGenerator random, AliasTable byWeight) {
        int best = byWeight.draw(bits);
        for (int i = 1; i < choices; i++) {
            int drawn = byWeight.draw(random.nextLong());
            boolean again = drawn == best;
            int other = again ? Draws.other(best, random.nextInt(), all.length) : drawn;
            best = isLess(all[other], again ? 1 : 0, all[best]) ? other : best;
        }
        return all[best];
    }

    private static boolean isLess(Candidate one, int more, Candidate other) {
        return (one.inFlight() + more) * other.weight() < other.inFlight() * one.weight();
    }
}
