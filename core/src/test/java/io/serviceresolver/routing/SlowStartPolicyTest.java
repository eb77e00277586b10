package io.serviceresolver.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The curve of a slow start, and what it refuses. */
class SlowStartPolicyTest {

    private static final long SECOND = 1_000_000_000;

    private final SlowStart tenSeconds = SlowStart.over(Duration.ofSeconds(10));

    @Test
    void growsEvenlyByDefault() {
        for (int second = 1; second <= 10; second++) {
            assertThat(tenSeconds.share(second * SECOND)).isCloseTo(second / 10.0, within(1e-9));
        }
        assertThat(tenSeconds.share(0)).isEqualTo(0.1);
        assertThat(tenSeconds.share(5 * SECOND - 1)).isCloseTo(0.4, within(1e-9));
        assertThat(tenSeconds.share(Long.MAX_VALUE)).isEqualTo(1);
    }

    @Test
    void growsByTheCurveOfEnvoy() {
        assertThat(tenSeconds.withAggression(2).share(4 * SECOND)).isCloseTo(Math.sqrt(0.4), within(1e-9));
        assertThat(tenSeconds.withAggression(0.5).share(4 * SECOND)).isCloseTo(0.16, within(1e-9));
        assertThat(tenSeconds.withAggression(0.5).withMinShare(0.3).share(4 * SECOND))
                .isEqualTo(0.3);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> SlowStart.over(Duration.ofMillis(9)))
                .hasMessage("window: PT0.009S (expected: 10 ms or more, or zero for none)");
        assertThatThrownBy(() -> tenSeconds.withAggression(0))
                .hasMessage("aggression: 0.0 (expected: above 0, and finite)");
        assertThatThrownBy(() -> tenSeconds.withMinShare(Double.NaN))
                .hasMessage("minShare: NaN (expected: above 0, 1 at most)");
        assertThat(SlowStart.off().isEnabled()).isFalse();
    }
}
