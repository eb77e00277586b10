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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundRobinTest {

    /** The position that is one unit from the beginning of the circle. */
    private static final long INVERSE = 0xF1DE83E19937733DL;

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
        int rounds = 10_000;
        int draws = (int) (rounds * Arrays.stream(weights).sum());
        int[] counts = ChiSquare.count(all.size(), draws, () -> index(picker.pick()));
        for (int i = 0; i < counts.length; i++) {
            assertThat(counts[i] / (rounds * weights[i])).as("%s of %s", i, all).isBetween(0.999, 1.001);
        }
    }

    /** Weights, which one is watched, and how often it may be chosen in a row. */
    static Stream<Arguments> heavy() {
        return Stream.of(
                Arguments.of(half(2), 2),
                Arguments.of(half(10), 2),
                Arguments.of(half(11), 2),
                Arguments.of(half(20), 2),
                Arguments.of(half(50), 2),
                Arguments.of(half(100), 2),
                Arguments.of(new double[] {1, 5, 1}, 4),
                Arguments.of(new double[] {1, 1, 2, 1, 1}, 1),
                Arguments.of(new double[] {1, 3, 1}, 2));
    }

    /** One that has half of the weight. */
    private static double[] half(int others) {
        double[] weights = new double[others + 1];
        Arrays.fill(weights, 1);
        weights[1] = others;
        return weights;
    }

    @ParameterizedTest
    @MethodSource("heavy")
    void theHeavyOneGetsNoBursts(double[] weights, int most) {
        for (int seed = 0; seed < 10; seed++) {
            int heavy = seed % 2 == 0 ? 1 : 0;
            double[] moved = weights.clone();
            moved[1] = weights[heavy];
            moved[0] = weights[1 - heavy];
            Picker picker = weighing(moved, seed);
            int longest = 0;
            int inRow = 0;
            for (int i = 0; i < 20_000; i++) {
                inRow = index(picker.pick()) == heavy ? inRow + 1 : 0;
                longest = Math.max(longest, inRow);
            }
            assertThat(longest).as("seed %s", seed).isLessThanOrEqualTo(most);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyWindowHasTheShareOfEach(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = new double[2 + random.nextInt(50)];
        Arrays.setAll(weights, i -> random.nextInt(4) == 0 ? random.nextDouble(0.01, 100) : random.nextInt(1, 4));
        assertWindows(weights, seed);
    }

    @Test
    void everyWindowHasTheShareOfOneThatIsHeavierThanTwoThousand() {
        double[] weights = new double[2_001];
        Arrays.fill(weights, 1);
        weights[700] = 1e6;
        assertWindows(weights, 1);
    }

    /** Of all windows of picks, however long, none has more of any, or less, than its share by more than a few. */
    private static void assertWindows(double[] weights, long seed) {
        double sum = Arrays.stream(weights).sum();
        double[] deviation = new double[weights.length];
        double[] least = new double[weights.length];
        double[] most = new double[weights.length];
        int[] counts = new int[weights.length];
        Picker picker = weighing(weights, seed);
        for (int pick = 1; pick <= 100_000; pick++) {
            int chosen = index(picker.pick());
            deviation[chosen] = counts[chosen] - (pick - 1) * weights[chosen] / sum;
            least[chosen] = Math.min(least[chosen], deviation[chosen]);
            counts[chosen]++;
            most[chosen] = Math.max(most[chosen], deviation[chosen] + 1);
        }
        for (int i = 0; i < weights.length; i++) {
            double end = counts[i] - 100_000 * weights[i] / sum;
            assertThat(Math.max(most[i], end) - Math.min(least[i], end))
                    .as("%s of %s", i, Arrays.toString(weights))
                    .isLessThan(5.5);
        }
    }

    @Test
    void theLightOnesOfManyGetTheirTurns() {
        // Nearly all arcs are within a few parts of the guide.
        double[] weights = new double[10_000];
        Arrays.fill(weights, 1);
        weights[9_999] = 1e6;
        GoldenRotation rotation = new GoldenRotation(weights, new Cursor(new SplittableRandom(1)));
        boolean[] seen = new boolean[10_000];
        for (int i = 0; i < 4_000_000; i++) {
            seen[rotation.next()] = true;
        }
        for (boolean one : seen) {
            assertThat(one).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 7, 8, 9, 1_000})
    void anyPositionBelongsToSomebody(int count) {
        double[] weights = new double[count];
        Arrays.setAll(weights, i -> i == count / 2 ? 1e-6 : i % 3 == 0 ? 1e6 : 1);
        GoldenRotation rotation = new GoldenRotation(weights, new Cursor(new SplittableRandom(1)));
        for (long position : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, INVERSE, -INVERSE, INVERSE / 2}) {
            assertThat(rotation.at(position)).isBetween(0, count - 1);
        }
        // The beginning and the end of the circle.
        assertThat(rotation.at(0)).isZero();
        assertThat(rotation.at(-INVERSE)).isEqualTo(count - 1);
    }

    @Test
    void aWeightNextToNothingStillGetsItsTurn() {
        Picker picker = weighing(new double[] {1e-4, 1}, 1);
        int[] counts = ChiSquare.count(2, 200_000, () -> index(picker.pick()));
        assertThat(counts[0]).isBetween(18, 22);
    }

    private static Picker weighing(double[] weights, long seed) {
        List<FakeCandidate> all = FakeCandidate.some(weights.length);
        all.forEach(one -> one.weight = weights[one.index]);
        return Balancers.roundRobin()
                .create(context(new SplittableRandom(seed)))
                .update(all);
    }

    private static Balancer startingAt(int start) {
        RandomGenerator fixed = () -> (long) start << 32;
        return Balancers.roundRobin().create(context(fixed));
    }
}
