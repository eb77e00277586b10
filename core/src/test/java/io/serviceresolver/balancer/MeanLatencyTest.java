package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeanLatencyTest {

    private static final double MILLI = 1e6;
    private static final int TEN_SECONDS = units(Duration.ofSeconds(10));

    private final MeanLatency latency = new MeanLatency(0);

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(latency.isKnown()).isFalse();
        assertThat(latency.mean()).isZero();
        assertThat(latency.calls(7)).isZero();
    }

    @Test
    void isTheMeanOfItsCalls() {
        latency.add(10 * MILLI, 7, 100);
        latency.add(20 * MILLI, 7, 100);
        assertThat(latency.mean()).isCloseTo(15 * MILLI, within(MILLI / 1_000));
        assertThat(latency.calls(7)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithADecayedSum(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        double calls = 0;
        int now = random.nextInt();
        for (int i = 0; i < 2_000; i++) {
            int passed = random.nextInt(i % 100 == 0 ? 400 : 3);
            now += passed;
            double left = Math.exp(-passed / (double) TEN_SECONDS);
            double nanos = 1 + Math.exp(random.nextDouble(5, 25));
            sum = sum * left + nanos;
            calls = calls * left + 1;
            if (calls > 100) {
                sum = sum * 100 / calls;
                calls = 100;
            }
            latency.add(nanos, now, 100);
            assertThat(latency.calls(now)).as("seed %s", seed).isCloseTo(calls, within(0.02 * calls));
            assertThat(latency.mean()).as("seed %s", seed).isCloseTo(sum / calls, within(0.03 * sum / calls));
        }
    }

    @Test
    void fadesWithTimeAndIsForgottenAtLast() {
        for (int i = 0; i < 50; i++) {
            latency.add(MILLI, 0, 100);
        }
        assertThat(latency.calls(TEN_SECONDS)).isCloseTo(50 / Math.E, within(0.3));
        assertThat(latency.calls(3 * TEN_SECONDS)).isCloseTo(50 / Math.exp(3), within(0.1));
        for (Duration idle : List.of(Duration.ofMinutes(2), Duration.ofHours(5), Duration.ofHours(19))) {
            assertThat(latency.calls(units(idle))).as("%s", idle).isZero();
        }
    }

    @Test
    void aThreadThatLagsBehindDoesNotSeeWhatIsNewAsOld() {
        latency.add(MILLI, 1_000, 100);
        assertThat(latency.calls(990)).isEqualTo(1);
        latency.add(MILLI, 990, 100);
        assertThat(latency.calls(1_000)).isEqualTo(2);
    }

    @Test
    void noNumberBreaksIt() {
        for (double nanos : List.of(1.0, 100.0 * Long.MAX_VALUE, 1.0)) {
            for (int i = 0; i < 200; i++) {
                latency.add(nanos, Integer.MAX_VALUE + i, 100);
                assertThat(latency.mean()).isBetween(0.99, 101.0 * Long.MAX_VALUE);
                assertThat(latency.calls(Integer.MAX_VALUE + i)).isBetween(1.0, 100.0);
            }
        }
    }

    @Test
    void noCallIsLostWhenManyThreadsCountAtOnce() throws Exception {
        MeanLatency shared = new MeanLatency(0);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 450; i++) {
                    shared.add(MILLI, 3, 2_000);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(shared.calls(3)).isEqualTo(1_800);
        assertThat(shared.mean()).isCloseTo(MILLI, within(MILLI / 10_000));
    }

    private static int units(Duration time) {
        return (int) (time.toNanos() / CoarseClock.UNIT_NANOS);
    }
}
