package io.serviceresolver.balancer;

import static io.serviceresolver.balancer.FakeCandidate.index;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeastConnectionsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 100})
    void alwaysTakesOneWithTheFewestInFlight(int count) {
        SplittableRandom random = new SplittableRandom(count);
        List<FakeCandidate> candidates = FakeCandidate.some(count);
        Picker picker = Balancers.leastConnections().create(random).update(candidates);
        List<FakeCandidate> calls = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (!calls.isEmpty() && random.nextInt(2) == 0) {
                calls.remove(random.nextInt(calls.size())).inFlight.decrementAndGet();
            } else {
                int fewest = candidates.stream()
                        .mapToInt(FakeCandidate::inFlight)
                        .min()
                        .orElseThrow();
                FakeCandidate chosen = (FakeCandidate) picker.begin();
                assertThat(chosen.inFlight()).as("%s", candidates).isEqualTo(fewest + 1);
                calls.add(chosen);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void breaksTiesUniformly(long seed) {
        List<FakeCandidate> candidates = FakeCandidate.some(20);
        candidates.subList(0, 7).forEach(Candidate::begin);
        Picker picker =
                Balancers.leastConnections().create(new SplittableRandom(seed)).update(candidates);
        ChiSquare.assertUniform(ChiSquare.count(13, 100_000, () -> index(picker.pick()) - 7));
    }

    @Test
    void fillsAllEvenlyThoughManyThreadsBeginAtOnce() throws Exception {
        int threads = 4;
        int perThread = 5_000;
        List<FakeCandidate> candidates = FakeCandidate.some(8);
        Picker picker = Balancers.leastConnections()
                .create(() -> ThreadLocalRandom.current().nextLong())
                .update(candidates);
        List<Thread> started = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < perThread; i++) {
                    picker.begin();
                }
            });
            thread.start();
            started.add(thread);
        }
        for (Thread thread : started) {
            thread.join();
        }
        assertThat(candidates.stream().mapToInt(FakeCandidate::inFlight).sum()).isEqualTo(threads * perThread);
        // Each raise was from what was the fewest when it was looked at, so none can run ahead by more than the
        // threads.
        int most = candidates.stream().mapToInt(FakeCandidate::inFlight).max().orElseThrow();
        int fewest = candidates.stream().mapToInt(FakeCandidate::inFlight).min().orElseThrow();
        assertThat(most - fewest).isLessThanOrEqualTo(threads);
    }
}
