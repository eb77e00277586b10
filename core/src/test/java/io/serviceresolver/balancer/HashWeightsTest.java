package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shares of hash tables by weight: weights count in relation to each other, whatever their size. */
class HashWeightsTest {

    private static final int HASHES = 200_000;

    static Stream<Named<HashTable>> tables() {
        return Stream.of(Named.of("ring", HashRing.empty()), Named.of("maglev", MaglevTable.empty()));
    }

    private static List<FakeCandidate> weighing(double... weights) {
        List<FakeCandidate> all = FakeCandidate.some(weights.length);
        all.forEach(one -> one.weight = weights[one.index]);
        return all;
    }

    /** Many of weight 1, the first of which weighs something else. */
    private static double[] oneOf(int count, double weight) {
        double[] weights = new double[count];
        Arrays.fill(weights, 1);
        weights[0] = weight;
        return weights;
    }

    private static int[] counts(HashTable table, List<FakeCandidate> all) {
        SplittableRandom random = new SplittableRandom(1);
        return ChiSquare.count(all.size(), HASHES, () -> table.owner(table.place(random.nextLong())));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void onlyTheRelationOfWeightsCounts(HashTable empty) {
        for (double unit : new double[] {1e-4, 0.01, 0.3, 1, 100, 1e4}) {
            // Twenty of each, as points are random: a tenth of its share for one, and a fiftieth for all.
            double[] weights = new double[60];
            Arrays.setAll(weights, i -> unit * (1 << i % 3));
            List<FakeCandidate> all = weighing(weights);
            int[] counts = counts(empty.next(HashMembers.of(all)), all);
            for (int kind = 0; kind < 3; kind++) {
                double sum = 0;
                for (int i = kind; i < 60; i += 3) {
                    sum += counts[i];
                }
                double share = (1 << kind) / 7.0;
                assertThat(sum / HASHES).as("unit %s", unit).isCloseTo(share, Offset.offset(0.12 * share));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void oneOfManyGetsItsShareHoweverMuchItWeighs(HashTable empty) {
        for (double weight : new double[] {10, 1_000, 1e6}) {
            List<FakeCandidate> all = weighing(oneOf(1_000, weight));
            double share = weight / (weight + 999);
            double found = counts(empty.next(HashMembers.of(all)), all)[0] / (double) HASHES;
            assertThat(found).as("weight %s", weight).isCloseTo(share, Offset.offset(0.35 * Math.min(share, 0.2)));
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theLightestHasAPlaceToo(HashTable empty) {
        List<FakeCandidate> all = weighing(oneOf(500, 1e-6));
        HashTable table = empty.next(HashMembers.of(all));
        boolean found = false;
        for (int place = 0; place < table.size(); place++) {
            found |= table.owner(place) == 0;
        }
        assertThat(found).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 0.55, 1, 1.9, 3, 200, 1e6})
    void aRingHasNoMorePointsThanSomeForEach(double weight) {
        double[] weights = new double[1_000];
        SplittableRandom random = new SplittableRandom(1);
        Arrays.setAll(weights, i -> weight * random.nextDouble(0.5, 1.5));
        HashTable ring = HashRing.empty().next(HashMembers.of(weighing(weights)));
        assertThat(ring.size()).isBetween(63_000, 260_000);
    }

    @Test
    void noKeyOfARingMovesBetweenOthersWhileHalfOfThemStartSlowly() {
        double[] weights = new double[20];
        Arrays.setAll(weights, i -> i < 10 ? 1 : 0.1);
        HashTable starting = HashRing.empty().next(HashMembers.of(weighing(weights)));
        HashTable started = starting.next(HashMembers.of(FakeCandidate.some(20)));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long hash = random.nextLong();
            int before = starting.owner(starting.place(hash));
            int after = started.owner(started.place(hash));
            assertThat(after == before || after >= 10).isTrue();
        }
    }

    @Test
    void tablesOfEqualWeightsAreThoseOfThePaper() {
        for (int count : new int[] {1, 2, 3, 10, 333, 700}) {
            HashMembers members = HashMembers.of(FakeCandidate.some(count));
            HashTable table = MaglevTable.empty().next(members);
            int[] expected = paper(members, table.size());
            for (int place = 0; place < expected.length; place++) {
                assertThat(table.owner(place)).isEqualTo(expected[place]);
            }
        }
    }

    /** The pseudocode of the paper. */
    private static int[] paper(HashMembers members, int size) {
        long[] next = new long[members.size()];
        int[] entry = new int[size];
        Arrays.fill(entry, -1);
        int filled = 0;
        while (true) {
            for (int i = 0; i < members.size(); i++) {
                long identity = members.identity()[i];
                long offset = Long.remainderUnsigned(StableHash.variant(identity, 1), size);
                long skip = Long.remainderUnsigned(StableHash.variant(identity, 2), size - 1) + 1;
                int place = (int) ((offset + next[i] * skip) % size);
                while (entry[place] >= 0) {
                    next[i]++;
                    place = (int) ((offset + next[i] * skip) % size);
                }
                entry[place] = members.index()[i];
                next[i]++;
                if (++filled == size) {
                    return entry;
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.01, 0.1, 0.9, 2, 50})
    void maglevHasTheShareOfEachToWithinAPlaceOrTwo(double weight) {
        HashTable table = MaglevTable.empty().next(HashMembers.of(weighing(oneOf(100, weight))));
        int found = 0;
        for (int place = 0; place < table.size(); place++) {
            found += table.owner(place) == 0 ? 1 : 0;
        }
        double share = table.size() * weight / (weight + 99);
        // Those that weigh most take what they have in a round at once, the last round too.
        assertThat((double) found).isCloseTo(share, Offset.offset(Math.max(1.5, weight)));
    }

    @Test
    void aHeavyOneAmongVeryManyIsNoReasonToGoRoundForEver() {
        HashTable table = MaglevTable.empty().next(HashMembers.of(weighing(oneOf(10_000, 1_000))));
        int heavy = 0;
        for (int place = 0; place < table.size(); place++) {
            heavy += table.owner(place) == 0 ? 1 : 0;
        }
        assertThat(heavy / (double) table.size()).isCloseTo(1_000 / 10_999.0, Offset.offset(0.001));
    }
}
