package io.serviceresolver.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration MIN = Duration.ofMillis(500);
    private static final Duration MAX = Duration.ofSeconds(30);

    /** Always the largest number that may be drawn. */
    private static final RandomGenerator HIGHEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private static List<Duration> draw(Backoff backoff, int count) {
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waits.add(backoff.next());
        }
        return waits;
    }

    @Test
    void doublesItsCeilingUpToTheMaximum() {
        assertThat(draw(new Backoff(MIN, MAX, HIGHEST), 8))
                .extracting(Duration::toMillis)
                .containsExactly(1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L, 30000L);
    }

    @Test
    void startsAnewAfterASuccess() {
        Backoff backoff = new Backoff(MIN, MAX, HIGHEST);
        draw(backoff, 10);
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void isSpreadEvenlyBetweenTheMinimumAndTheCeiling() {
        long seed = 2015;
        int draws = 20_000;
        SplittableRandom random = new SplittableRandom(seed);
        for (int attempt = 1; attempt <= 8; attempt++) {
            long ceiling = Math.min(MAX.toMillis(), MIN.toMillis() << attempt);
            int[] tenths = new int[10];
            for (int i = 0; i < draws; i++) {
                long millis = draw(new Backoff(MIN, MAX, random), attempt)
                        .get(attempt - 1)
                        .toMillis();
                assertThat(millis).as("seed %d, attempt %d", seed, attempt).isBetween(MIN.toMillis(), ceiling);
                tenths[(int) Math.min(9, 10 * (millis - MIN.toMillis()) / (ceiling - MIN.toMillis()))]++;
            }
            for (int count : tenths) {
                assertThat(count)
                        .as("seed %d, attempt %d", seed, attempt)
                        .isBetween(draws / 10 * 8 / 10, draws / 10 * 12 / 10);
            }
        }
    }

    @Test
    void mayBeConstant() {
        Backoff constant = new Backoff(MIN, MIN, new SplittableRandom(1));
        assertThat(draw(constant, 3)).containsOnly(MIN);
    }

    @Test
    void staysInItsBoundsHoweverLongItGoesOn() {
        Duration year = Duration.ofDays(365);
        assertThat(draw(new Backoff(Duration.ofNanos(1), year, HIGHEST), 1000))
                .allMatch(wait -> !wait.isNegative())
                .last()
                .isEqualTo(year);
        assertThat(draw(new Backoff(year, year, HIGHEST), 3)).containsOnly(year);
    }

    @Test
    void refusesBoundsThatAreNone() {
        SplittableRandom random = new SplittableRandom(1);
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, MAX, random))
                .hasMessage("min: PT0S (expected: more than zero)");
        assertThatThrownBy(() -> new Backoff(Duration.ofMillis(-1), MAX, random))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(MAX, MIN, random)).hasMessage("max: PT0.5S (expected: PT30S to PT8760H)");
        assertThatThrownBy(() -> new Backoff(MIN, Duration.ofDays(366), random))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(MIN, Duration.ofSeconds(Long.MAX_VALUE), random))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
