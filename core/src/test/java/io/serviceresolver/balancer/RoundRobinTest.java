package io.serviceresolver.balancer;

import static io.serviceresolver.balancer.FakeCandidate.index;
import static io.serviceresolver.balancer.FakeService.context;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundRobinTest {

    private static final List<FakeCandidate> FIVE = FakeCandidate.some(5);

    @ParameterizedTest
    @ValueSource(ints = {0, 3, Integer.MAX_VALUE - 7, Integer.MAX_VALUE, -8, -1, Integer.MIN_VALUE})
    void goesRoundFromAnyStart(int start) {
        Picker picker = startingAt(start).update(FIVE);
        int before = index(picker.pick());
        for (int i = 0; i < 5_000; i++) {
            int next = index(picker.pick());
            assertThat(next).isEqualTo((before + 1) % 5);
            before = next;
        }
    }

    @Test
    void keepsItsPlaceWhenTheSetChanges() {
        Balancer balancer = startingAt(0);
        Picker picker = balancer.update(FIVE);
        assertThat(index(picker.pick())).isZero();
        assertThat(index(picker.pick())).isEqualTo(1);
        assertThat(index(balancer.update(FakeCandidate.some(7)).pick())).isEqualTo(2);
        assertThat(index(picker.pick())).isEqualTo(3);
    }

    @Test
    void aThousandClientsAreNeverInStep() {
        SplittableRandom random = new SplittableRandom(1);
        List<Balancer> clients = Stream.generate(() -> Balancers.roundRobin().create(context(random)))
                .limit(1_000)
                .toList();
        // Endpoints go and come; all clients learn that at the same moment.
        for (int size : new int[] {10, 9, 10, 7, 20}) {
            List<Picker> pickers = clients.stream()
                    .map(client -> client.update(FakeCandidate.some(size)))
                    .toList();
            for (int round = 0; round < 30; round++) {
                int[] counts = new int[size];
                pickers.forEach(picker -> counts[index(picker.pick())]++);
                ChiSquare.assertUniform(counts);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 100})
    void isEvenThoughManyThreadsPickAtOnce(int count) throws Exception {
        int perThread = 200_000;
        Picker picker = startingAt(7).update(FakeCandidate.some(count));
        AtomicIntegerArray counts = new AtomicIntegerArray(count);
        Phaser all = new Phaser(4);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                all.arriveAndAwaitAdvance();
                for (int i = 0; i < perThread; i++) {
                    counts.incrementAndGet(index(picker.pick()));
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double mean = 4.0 * perThread / count;
        for (int i = 0; i < count; i++) {
            assertThat(counts.get(i) / mean).isBetween(0.98, 1.02);
        }
    }

    @Test
    void eachThreadStillGoesRoundAfterTheCursorWasSplit() {
        Cursor cursor = new Cursor(new SplittableRandom(1));
        cursor.stripe();
        long before = cursor.next();
        for (int i = 0; i < 100; i++) {
            assertThat(cursor.next()).isEqualTo(++before);
        }
        assertThat(before).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void weightsAreKeptExactly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FakeCandidate> all = FakeCandidate.some(2 + random.nextInt(20));
        all.forEach(one -> one.weight = 1 + random.nextInt(10));
        all.get(0).weight = 10;
        Picker picker = Balancers.roundRobin().create(context(random)).update(all);
        double[] weights = all.stream().mapToDouble(one -> one.weight).toArray();
        int rounds = 1_000;
        int draws = (int) (rounds * Arrays.stream(weights).sum());
        int[] counts = ChiSquare.count(all.size(), draws, () -> index(picker.pick()));
        for (int i = 0; i < counts.length; i++) {
            assertThat(counts[i] / (rounds * weights[i])).as("%s of %s", i, all).isBetween(0.999, 1.001);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theHeavyOneGetsNoBursts(long seed) {
        List<FakeCandidate> all = FakeCandidate.some(11);
        all.get(5).weight = 10;
        Picker picker = Balancers.roundRobin()
                .create(context(new SplittableRandom(seed)))
                .update(all);
        // Half of the calls: ten in a row for who asks for it, one or two in a row here, and not more than a handful.
        int longest = 0;
        int inRow = 0;
        for (int i = 0; i < 20_000; i++) {
            inRow = index(picker.pick()) == 5 ? inRow + 1 : 0;
            longest = Math.max(longest, inRow);
        }
        assertThat(longest).isBetween(1, 6);
    }

    @Test
    void aWeightNextToNothingStillGetsItsTurn() {
        List<FakeCandidate> two = FakeCandidate.some(2);
        two.get(0).weight = 1e-9;
        Picker picker =
                Balancers.roundRobin().create(context(new SplittableRandom(1))).update(two);
        int[] counts = ChiSquare.count(2, 200_000, () -> index(picker.pick()));
        assertThat(counts[0]).isBetween(2, 4);
    }

    private static Balancer startingAt(int start) {
        RandomGenerator fixed = () -> (long) start << 32;
        return Balancers.roundRobin().create(context(fixed));
    }
}
