package io.serviceresolver.balancer;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Between whom a {@link HashTable} is divided. In the order of their identities, so that all clients see the same.
 *
 * @param index the index of each candidate
 * @param identity a hash of what each is known by
 * @param weight the weight of each
 */
@SuppressWarnings("ArrayRecordComponent") // Read by the tables alone, and never changed.
record HashMembers(int[] index, long[] identity, double[] weight) {

    static HashMembers of(List<? extends Candidate> candidates) {
        long[] identities = Identities.hashes(candidates);
        int[] order = IntStream.range(0, identities.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> identities[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new HashMembers(
                IntStream.of(order).map(i -> candidates.get(i).index()).toArray(),
                IntStream.of(order).mapToLong(i -> identities[i]).toArray(),
                IntStream.of(order).mapToDouble(i -> candidates.get(i).weight()).toArray());
    }

    int size() {
        return index.length;
    }

    /** A number beyond all indexes. */
    int bound() {
        return IntStream.of(index).max().orElse(-1) + 1;
    }
}
