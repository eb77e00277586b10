package io.serviceresolver.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.check.Thresholds.AtFirst;
import org.junit.jupiter.api.Test;

/** What results make of an endpoint. */
class StandingTest {

    private static final ProbeResult PASS = ProbeResult.passed();
    private static final ProbeResult FAIL = ProbeResult.failed("HTTP 503");

    @Test
    void countsAsHealthyUntilEnoughChecksInARowFailed() {
        Standing standing = new Standing(new Thresholds(3, 1, AtFirst.HEALTHY));
        assertThat(standing.isUnhealthy()).isFalse();
        assertThat(standing.record(FAIL)).isFalse();
        assertThat(standing.record(FAIL)).isFalse();
        assertThat(standing.reason()).isEqualTo("check failed: HTTP 503, 2 times in a row");
        assertThat(standing.record(PASS)).isFalse();
        assertThat(standing.reason()).isEmpty();
        assertThat(standing.record(FAIL)).isFalse();
        assertThat(standing.record(FAIL)).isFalse();
        assertThat(standing.isUnhealthy()).isFalse();
        assertThat(standing.record(FAIL)).isTrue();
        assertThat(standing.isUnhealthy()).isTrue();
        assertThat(standing.record(FAIL)).isFalse();
        assertThat(standing.reason()).isEqualTo("check failed: HTTP 503, 4 times in a row");
    }

    @Test
    void isHealthyAgainAfterEnoughPassesInARow() {
        Standing standing = new Standing(new Thresholds(1, 2, AtFirst.HEALTHY));
        standing.record(FAIL);
        assertThat(standing.reason()).isEqualTo("check failed: HTTP 503, 1 time");
        assertThat(standing.record(PASS)).isFalse();
        assertThat(standing.record(FAIL)).isFalse();
        assertThat(standing.record(PASS)).isFalse();
        assertThat(standing.isUnhealthy()).isTrue();
        assertThat(standing.record(PASS)).isTrue();
        assertThat(standing.isUnhealthy()).isFalse();
    }

    @Test
    void countsAsUnhealthyUntilTheFirstPassWhereThatIsWanted() {
        Standing standing = new Standing(new Thresholds(3, 5, AtFirst.UNHEALTHY));
        assertThat(standing.isUnhealthy()).isTrue();
        assertThat(standing.reason()).isEqualTo("not checked yet");
        assertThat(standing.record(FAIL)).isFalse();
        assertThat(standing.reason()).isEqualTo("check failed: HTTP 503, 1 time");
        assertThat(standing.record(PASS)).isTrue();
        assertThat(standing.isUnhealthy()).isFalse();
    }
}
