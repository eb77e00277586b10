package io.serviceresolver.balancer;

import java.util.Arrays;

/**
 * A table that candidates fill in turns, each by a permutation of its own (D. E. Eisenbud et al., "Maglev: A Fast and Reliable
 * Software Network Load Balancer", NSDI 2016, 3.4). All have the same share to within a percent, and finding one's place
 * is one division; a candidate that comes or goes also moves a few hashes of others.
 */
final class MaglevTable implements HashTable {

    /** The sizes that the paper uses: primes, the smaller one as long as there are a hundred places for each candidate. */
    static final int SMALL = 65_537;

    private static final int LARGE = 655_373;
    private static final int PLACES_FOR_EACH = 100;
    private static final int FREE = -1;

    private final int[] owners;

    MaglevTable(long[] identities, double[] weights) {
        int count = identities.length;
        owners = new int[count * PLACES_FOR_EACH <= SMALL ? SMALL : LARGE];
        Arrays.fill(owners, FREE);
        int[] next = new int[count];
        int[] skip = new int[count];
        for (int i = 0; i < count; i++) {
            next[i] = (int) Long.remainderUnsigned(StableHash.variant(identities[i], 1), owners.length);
            skip[i] = (int) Long.remainderUnsigned(StableHash.variant(identities[i], 2), owners.length - 1) + 1;
        }
        fill(next, skip, weights);
    }

    /** Round by round: one with the greatest weight takes a place in each, others as often as their weight says. */
    private void fill(int[] next, int[] skip, double[] weights) {
        double max = Weights.max(weights);
        double[] due = new double[weights.length];
        int filled = 0;
        while (true) {
            for (int i = 0; i < next.length; i++) {
                due[i] += weights[i] / max;
                if (due[i] < 1) {
                    continue;
                }
                due[i] -= 1;
                take(i, next, skip[i]);
                if (++filled == owners.length) {
                    return;
                }
            }
        }
    }

    private void take(int candidate, int[] next, int skip) {
        int place = next[candidate];
        while (owners[place] != FREE) {
            place = (place + skip) % owners.length;
        }
        owners[place] = candidate;
        next[candidate] = (place + skip) % owners.length;
    }

    @Override
    public int place(long hash) {
        return (int) Long.remainderUnsigned(hash, owners.length);
    }

    @Override
    public int owner(int place) {
        return owners[place];
    }

    @Override
    public int size() {
        return owners.length;
    }
}
