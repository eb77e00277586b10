package io.serviceresolver.balancer;

import static io.serviceresolver.balancer.FakeCandidate.index;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Among how many endpoints least response time chooses, and how. */
class LeastResponseTimeChoiceTest {

    private final FakeService service = new FakeService();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 32, 33, 100})
    void isARoundRobinForWhoeverOnlyResolves(int count) {
        Picker picker = picker(service.candidates(count), count);
        int[] order =
                IntStream.generate(() -> index(picker.pick())).limit(count).toArray();
        assertThat(order).doesNotHaveDuplicates();
        for (int i = 0; i < 20 * count; i++) {
            assertThat(index(picker.pick())).isEqualTo(order[i % count]);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void goesByWeightExactlyForWhoeverOnlyResolves(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FakeCandidate> all = service.candidates(20);
        all.forEach(one -> one.weight = 1 + random.nextInt(10));
        all.get(0).weight = 10;
        double sum = all.stream().mapToDouble(one -> one.weight).sum();
        Picker picker = picker(all, seed);
        int[] counts = ChiSquare.count(20, (int) (10_000 * sum), () -> index(picker.pick()));
        for (FakeCandidate one : all) {
            assertThat(counts[one.index] / one.weight).as("seed %s", seed).isBetween(9_995.0, 10_005.0);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void callsInFlightGoByWeight(long seed) {
        List<FakeCandidate> all = service.candidates(20);
        all.forEach(one -> one.weight = one.index < 10 ? 1 : 3);
        Picker picker = picker(all, seed);
        for (int i = 0; i < 4_000; i++) {
            picker.begin();
        }
        for (FakeCandidate one : all) {
            assertThat(one.inFlight() / one.weight).as("seed %s: %s", seed, all).isBetween(90.0, 110.0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 32})
    void takesTheBestOfAllWhereTheyAreFew(int count) {
        List<FakeCandidate> all = service.candidates(count);
        SplittableRandom random = new SplittableRandom(count);
        Picker picker = picker(all, count);
        for (int round = 0; round < 200; round++) {
            all.forEach(one -> answer(one, 1_000_000 + random.nextInt(1_000_000)));
            FakeCandidate best = all.get(random.nextInt(count));
            all.forEach(one -> IntStream.range(0, one == best ? 0 : 20).forEach(call -> one.begin()));
            assertThat(picker.pick()).isSameAs(best);
            all.forEach(one -> IntStream.range(0, one == best ? 0 : 20).forEach(call -> one.end()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 50, 1_000})
    void looksAtFiveDifferentOnesOfMany(int count) {
        List<FakeCandidate> all = service.candidates(count);
        Picker picker = picker(all, count);
        all.forEach(one -> answer(one, 1_000_000));
        // Four that are busy cannot be all five.
        all.subList(0, 4).forEach(one -> IntStream.range(0, 50).forEach(call -> one.begin()));
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < 30 * count; i++) {
            used.add(index(picker.pick()));
        }
        assertThat(used).hasSize(count - 4).doesNotContain(0, 1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 32})
    void tiesAreBrokenEvenly(int count) {
        for (long seed = 1; seed <= 5; seed++) {
            List<FakeCandidate> all = service.candidates(count);
            Picker picker = picker(all, seed);
            all.subList(0, 4).forEach(Candidate::begin);
            // What was learnt of one of them is forgotten.
            answer(all.get(5), 1_000_000);
            service.nowNanos += Duration.ofHours(1).toNanos();
            int each = 1_000;
            int[] counts = ChiSquare.count(count - 4, each * (count - 4), () -> index(picker.pick()) - 4);
            double fourDeviations = 4 * Math.sqrt(each);
            assertThat(Arrays.stream(counts))
                    .as("seed %s", seed)
                    .allMatch(one -> Math.abs(one - each) < fourDeviations);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 33, 64})
    void idleOnesAreChosenInTurnAsLongAsNothingIsKnown(int count) {
        for (long seed = 1; seed <= 5; seed++) {
            List<FakeCandidate> all = service.candidates(count);
            all.subList(0, 4).forEach(Candidate::begin);
            Picker picker = picker(all, seed);
            int[] counts = ChiSquare.count(count, 1_000 * count, () -> index(picker.pick()));
            for (int i = 4; i < count; i++) {
                assertThat(counts[i]).as("seed %s: %s", seed, i).isBetween(1_000, 1_000 + 6_000 / (count - 4));
            }
        }
    }

    @Test
    void countersComeBackToZeroAndNothingBreaksUnderManyThreads() throws Exception {
        for (int count : new int[] {3, 40}) {
            List<FakeCandidate> all = service.candidates(count);
            Balancer balancer = service.balancer(Balancers.leastResponseTime(), new Random(count));
            Picker picker = balancer.update(all);
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = Stream.generate(() -> new Thread(() -> call(picker, start)))
                    .limit(3)
                    .toList();
            threads.forEach(Thread::start);
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(all).allMatch(one -> one.inFlight() == 0);
        }
    }

    private static void call(Picker picker, CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Outcome[] outcomes = Outcome.values();
        for (int i = 0; i < 50_000; i++) {
            picker.begin().end(outcomes[i % outcomes.length], i % 5 == 0 ? -1 : i);
        }
    }

    private Picker picker(List<FakeCandidate> all, long seed) {
        return service.balancer(Balancers.leastResponseTime(), new SplittableRandom(seed))
                .update(all);
    }

    private static void answer(FakeCandidate candidate, long nanos) {
        candidate.begin();
        candidate.end(Outcome.SUCCESS, nanos);
    }
}
