package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ring that was changed step by step is the same as one that was made at once. */
class HashRingTest {

    private final FakeService service = new FakeService();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheSameHoweverItCameAbout(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FakeCandidate> all = new ArrayList<>(service.candidates(1 + random.nextInt(40)));
        HashTable ring = HashRing.empty();
        for (int step = 0; step < 60; step++) {
            change(all, random, step);
            ring = ring.next(HashMembers.of(all));
            assertSame(ring, HashRing.empty().next(HashMembers.of(all)), random, "seed " + seed + ", step " + step);
        }
    }

    /** Weights and names change, and some come and go, also with the index of another one. */
    private void change(List<FakeCandidate> all, SplittableRandom random, int step) {
        FakeCandidate one = all.get(random.nextInt(all.size()));
        switch (random.nextInt(5)) {
            case 0 -> one.weight = random.nextDouble(0.1, 3);
            case 1 -> one.hostname = "db-" + step;
            case 2 -> all.set(all.indexOf(one), renamed(one.index, "db-" + step));
            case 3 -> all.remove(all.size() > 1 ? one : null);
            default -> all.add(service.candidate(100 + step));
        }
    }

    private FakeCandidate renamed(int index, String hostname) {
        FakeCandidate made = service.candidate(index);
        made.hostname = hostname;
        return made;
    }

    private static void assertSame(HashTable one, HashTable other, SplittableRandom random, String what) {
        assertThat(one.size()).as(what).isEqualTo(other.size());
        for (int i = 0; i < 1_000; i++) {
            long hash = random.nextLong();
            assertThat(one.place(hash)).as(what).isEqualTo(other.place(hash));
            assertThat(one.owner(one.place(hash))).as(what).isEqualTo(other.owner(other.place(hash)));
        }
    }

    @Test
    void findsTheNextPointFromEverywhere() {
        HashTable ring = HashRing.empty().next(HashMembers.of(service.candidates(3)));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            // The lower bits do not count, and the lowest is dropped.
            long hash = random.nextLong() | 0x1F_FFFF;
            int place = ring.place(hash);
            assertThat(ring.place(hash + 1 & ~1)).isBetween(place, place + 1);
        }
        assertThat(ring.place(-1)).isZero();
        assertThat(ring.place(0)).isZero();
    }
}
