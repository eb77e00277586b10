package io.serviceresolver.balancer;

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

    private final int[] owners;

    private MaglevTable(int size) {
        owners = new int[size];
    }

    /** A table without places. */
    static MaglevTable empty() {
        return new MaglevTable(0);
    }

    @Override
    public MaglevTable next(HashMembers members) {
        int size = members.size() * PLACES_FOR_EACH <= SMALL ? SMALL : LARGE;
        MaglevTable made = new MaglevTable(size);
        new MaglevFilling(members, made.owners).fill();
        return made;
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
