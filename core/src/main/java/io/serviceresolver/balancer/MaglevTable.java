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

    private MaglevTable(int size) {
        owners = new int[size];
        Arrays.fill(owners, FREE);
    }

    /** A table without places. */
    static MaglevTable empty() {
        return new MaglevTable(0);
    }

    @Override
    public MaglevTable next(HashMembers members) {
        int count = members.size();
        int size = count * PLACES_FOR_EACH <= SMALL ? SMALL : LARGE;
        int[] next = new int[count];
        int[] skip = new int[count];
        for (int i = 0; i < count; i++) {
            long identity = members.identity()[i];
            next[i] = (int) Long.remainderUnsigned(StableHash.variant(identity, 1), size);
            skip[i] = (int) Long.remainderUnsigned(StableHash.variant(identity, 2), size - 1) + 1;
        }
        MaglevTable made = new MaglevTable(size);
        made.fill(next, skip, members);
        return made;
    }

    /** Round by round: one with the greatest weight takes a place in each, others as often as their weight says. */
    private void fill(int[] next, int[] skip, HashMembers members) {
        double[] weights = members.weight();
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
                take(members.index()[i], i, next, skip[i]);
                if (++filled == owners.length) {
                    return;
                }
            }
        }
    }

    private void take(int owner, int i, int[] next, int skip) {
        int place = next[i];
        while (owners[place] != FREE) {
            place = (place + skip) % owners.length;
        }
        owners[place] = owner;
        next[i] = (place + skip) % owners.length;
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
