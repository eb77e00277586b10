package io.serviceresolver;

import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.balancer.Picker;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws a tier by its share of the calls, and leaves the choice within it to the tier's own picker. A key draws always the
 * same tier as long as shares do not change, and when they do, another one for no more keys than need be. Immutable.
 */
final class TieredPicker implements Picker {

    private static final double TO_UNIT = 0x1p-53;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Picker[] pickers;

    /** Where each tier ends between 0 and 1. */
    private final double[] ends;

    private final RandomGenerator random;

    /**
     * Draws among some tiers.
     *
     * @param pickers one for each tier
     * @param shares the share of each tier, one in all
     */
    TieredPicker(List<Picker> pickers, List<Double> shares, RandomGenerator random) {
        this.pickers = pickers.toArray(new Picker[0]);
        this.ends = new double[this.pickers.length];
        this.random = random;
        double end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += shares.get(i);
            ends[i] = end;
        }
    }

    private Picker drawn(long bits) {
        double place = (bits >>> 11) * TO_UNIT;
        int tier = 0;
        while (tier < ends.length - 1 && place >= ends[tier]) {
            tier++;
        }
        return pickers[tier];
    }

    private Picker drawn() {
        return drawn(random.nextLong());
    }

    /** By the finisher of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014). */
    private Picker drawn(String key) {
        long hash = key.hashCode() * GOLDEN;
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return drawn(hash ^ (hash >>> 31));
    }

    @Override
    public Candidate pick() {
        return drawn().pick();
    }

    @Override
    public Candidate begin() {
        return drawn().begin();
    }

    @Override
    public Candidate pick(String key) {
        return drawn(key).pick(key);
    }

    @Override
    public Candidate begin(String key) {
        return drawn(key).begin(key);
    }
}
