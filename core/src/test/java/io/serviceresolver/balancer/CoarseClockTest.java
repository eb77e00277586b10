package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoarseClockTest {

    private final SplittableRandom random = new SplittableRandom(1);
    private long nanos = Long.MAX_VALUE - 1_000_000_000;
    private int looks;
    private final CoarseClock clock = new CoarseClock(() -> {
        looks++;
        return nanos;
    });

    @ParameterizedTest
    @ValueSource(longs = {200_000_000, 3_000_000_000L, 3_600_000_000_000L})
    void isRightWhereItIsSeldomAsked(long between) {
        for (int i = 0; i < 200; i++) {
            nanos += between;
            assertThat(clock.now(random.nextInt())).isEqualTo((int) (nanos >> 26));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 10_000, 100_000})
    void looksOnceInSixteenTimesWhereItIsAskedOften(long between) {
        int worst = 0;
        for (int i = 0; i < 100_000; i++) {
            nanos += between;
            worst = Math.max(worst, (int) (nanos >> 26) - clock.now(random.nextInt()));
        }
        assertThat(looks).isBetween(5_500, 7_500);
        assertThat(worst).isLessThan(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 100, 1_000})
    void soonSeesThatItIsNoLongerAskedOften(long pause) {
        for (int i = 0; i < 10_000; i++) {
            nanos += 10_000;
            clock.now(random.nextInt());
        }
        int wrong = 0;
        for (int i = 0; i < 1_000; i++) {
            nanos += pause * 1_000_000_000;
            wrong += clock.now(random.nextInt()) == (int) (nanos >> 26) ? 0 : 1;
        }
        assertThat(wrong).isLessThan(150);
    }
}
