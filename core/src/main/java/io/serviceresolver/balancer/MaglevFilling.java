package io.serviceresolver.balancer;

/**
 * Fills the table of {@link MaglevTable}: candidates take places in turns, each the next free one of its own permutation.
 *
 * <p>In each round a candidate takes as many places as it weighs, the mean weight being 1, what is left over counting in the
 * next; each takes one in the first round. So each has its share to within a place, and the rounds look at each
 * candidate about as often as there are places for each, whatever the weights.
 */
final class MaglevFilling {

    private final HashMembers members;
    private final int[] owners;

    /** A bit for each place that is taken: unlike the table itself, it stays in the cache. */
    private final long[] taken;

    /** By candidate, where its permutation goes on, and by how much it steps. */
    private final int[] next;

    private final int[] skip;
    private int filled;

    /**
     * A filling of an empty table.
     *
     * @param owners where to write the index of the owner of each place
     */
    MaglevFilling(HashMembers members, int[] owners) {
        int count = members.size();
        int size = owners.length;
        this.members = members;
        this.owners = owners;
        this.taken = new long[(size + Long.SIZE - 1) / Long.SIZE];
        this.next = new int[count];
        this.skip = new int[count];
        for (int i = 0; i < count; i++) {
            long identity = members.identity()[i];
            next[i] = (int) Long.remainderUnsigned(StableHash.variant(identity, 1), size);
            skip[i] = (int) Long.remainderUnsigned(StableHash.variant(identity, 2), size - 1) + 1;
        }
    }

    void fill() {
        if (Weights.areEqual(members.weight())) {
            fillEvenly();
        } else {
            fillByWeight();
        }
    }

    private void fillEvenly() {
        while (true) {
            for (int i = 0; i < next.length; i++) {
                take(i);
                if (filled == owners.length) {
                    return;
                }
            }
        }
    }

    private void fillByWeight() {
        double[] weights = members.weight();
        double mean = Weights.sum(weights) / weights.length;
        double[] due = new double[weights.length];
        for (int i = 0; i < due.length; i++) {
            due[i] = Math.max(0, 1 - weights[i] / mean);
        }
        while (true) {
            for (int i = 0; i < next.length; i++) {
                for (due[i] += weights[i] / mean; due[i] >= 1; due[i]--) {
                    take(i);
                    if (filled == owners.length) {
                        return;
                    }
                }
            }
        }
    }

    private void take(int i) {
        int size = owners.length;
        int step = skip[i];
        int place = next[i];
        while ((taken[place >> 6] & (1L << place)) != 0) {
            place = step(place, step, size);
        }
        taken[place >> 6] |= 1L << place;
        owners[place] = members.index()[i];
        next[i] = step(place, step, size);
        filled++;
    }

    /** (place + step) modulo size, without a division or a branch. */
    private static int step(int place, int step, int size) {
        int beyond = place + step - size;
        return beyond + (size & (beyond >> 31));
    }
}
