package io.serviceresolver.balancer;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Of two at random the one with the less latency x (calls in flight + 1); at a tie the one that was drawn first. Immutable.
 *
 * <p>Where candidates have weights each is drawn as often as its weight says, as by {@link RandomChoices}, and its calls in flight
 * count in relation to its weight.
 */
final class LessLatencyOfTwo implements Picker {

    private final PeakLatency[] all;

    /** Null where weights do not differ. */
    private final @Nullable ByWeight byWeight;

    private final BalancerContext context;

    /** What draws by weight, and how much of a call each has to bear for one in flight. */
    @SuppressWarnings("ArrayRecordComponent") // Read here alone, and never changed.
    private record ByWeight(AliasTable table, double[] shares) {}

    LessLatencyOfTwo(PeakLatency[] all, double[] weights, BalancerContext context) {
        this.all = all;
        this.byWeight =
                Weights.areEqual(weights) ? null : new ByWeight(new AliasTable(weights), Weights.shares(weights));
        this.context = context;
    }

    @Override
    public Candidate pick() {
        if (all.length == 1) {
            return all[0].candidate();
        }
        long bits = context.random().nextLong();
        long now = context.ticker().getAsLong();
        return (byWeight == null ? pick(bits, now) : pick(bits, now, byWeight)).candidate();
    }

    private PeakLatency pick(long bits, long now) {
        int first = Draws.scale((int) (bits >>> 32), all.length);
        PeakLatency one = all[first];
        PeakLatency other = all[Draws.other(first, (int) bits, all.length)];
        return other.load(now, 0, 1) < one.load(now, 0, 1) ? other : one;
    }

    private PeakLatency pick(long bits, long now, ByWeight weights) {
        RandomGenerator random = context.random();
        int one = weights.table().draw(bits);
        int drawn = weights.table().draw(random.nextLong());
        boolean again = drawn == one;
        int other = again ? Draws.other(one, random.nextInt(), all.length) : drawn;
        double loadOfOther = all[other].load(now, again ? 1 : 0, weights.shares()[other]);
        return all[loadOfOther < all[one].load(now, 0, weights.shares()[one]) ? other : one];
    }
}
