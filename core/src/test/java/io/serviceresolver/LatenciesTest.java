package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long most of the recent calls took. */
class LatenciesTest {

    private final Latencies latencies = new Latencies();

    private void record(int calls, long millis) {
        for (int i = 0; i < calls; i++) {
            latencies.record(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    @Test
    void aFewCallsTellNothing() {
        record(99, 10);
        assertThat(latencies.quantile(0.5)).isNegative();
        record(1, 10);
        assertThat(latencies.quantile(0.5)).isPositive();
    }

    @Test
    void isRightToAnEighth() {
        for (long millis = 1; millis <= 1_000; millis++) {
            record(1, millis);
        }
        for (double quantile : new double[] {0.5, 0.9, 0.99}) {
            double exact = quantile * 1e9;
            assertThat((double) latencies.quantile(quantile)).isBetween(exact, exact * 1.126);
        }
    }

    @Test
    void longestAndShortestFitToo() {
        for (int i = 0; i < 50; i++) {
            latencies.record(0);
            latencies.record(Long.MAX_VALUE);
        }
        assertThat(latencies.quantile(0.5)).isLessThan(TimeUnit.MICROSECONDS.toNanos(100));
        assertThat(latencies.quantile(0.99)).isEqualTo(1L << 38);
    }

    @Test
    void forgetsWhatWasLongAgo() {
        record(5_000, 1);
        record(5_000, 100);
        assertThat(latencies.quantile(0.5)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(100));
    }
}
