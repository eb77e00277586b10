package io.serviceresolver.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelaysTest {

    private static final DnsSettings SETTINGS = new DnsSettings(
            Duration.ofMillis(500),
            Duration.ofMillis(200),
            3,
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            0.1,
            Duration.ofSeconds(30),
            2000,
            1232);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 5, 29, 30, 31, 86_400, Integer.MAX_VALUE, 0xFFFFFFFFL, Long.MAX_VALUE})
    void delaysAfterAnswersStayInTheirBand(long ttl) {
        long seed = 7 * ttl + 1;
        Delays delays = new Delays(SETTINGS, new SplittableRandom(seed));
        double clamped = Math.max(1, Math.min(30, (double) ttl));
        for (int i = 0; i < 1000; i++) {
            assertThat(delays.afterAnswer(ttl) / 1e9)
                    .as("seed %s, round %s", seed, i)
                    .isBetween(clamped * 0.9 - 1e-6, clamped * 1.1 + 1e-6);
        }
    }

    @Test
    void delaysAfterFailuresGrowAndStayInTheirBand() {
        long seed = 42;
        Delays delays = new Delays(SETTINGS, new SplittableRandom(seed));
        for (int failures = 1; failures < 1000; failures++) {
            double base = Math.min(30, Math.pow(2, failures - 1));
            assertThat(delays.afterFailures(failures) / 1e9)
                    .as("seed %s, failure %s", seed, failures)
                    .isBetween(base * 0.8 - 1e-6, base * 1.2 + 1e-6);
        }
        assertThat(delays.afterFailures(Integer.MAX_VALUE)).isPositive();
    }

    @Test
    void aHoldEndsWithAnAnswerAtItsEndAndHasThreeAtLeast() {
        for (long seed = 0; seed < 200; seed++) {
            Delays delays = new Delays(SETTINGS, new SplittableRandom(seed));
            long left = TimeUnit.SECONDS.toNanos(30);
            int asked = 0;
            while (left > 0) {
                long delay = delays.whileHeld(seed % 40, left);
                assertThat(delay).as("seed %s", seed).isPositive().isLessThanOrEqualTo(left);
                left -= delay;
                asked++;
            }
            assertThat(asked).as("seed %s", seed).isBetween(3, 40);
        }
    }
}
