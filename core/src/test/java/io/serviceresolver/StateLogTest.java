package io.serviceresolver;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.source.CapturedLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log tells of the state of a service. */
class StateLogTest extends EngineTest {

    private static final String LIVE = "skippy.shield: LIVE (watch: 1 of 1 endpoints ready)";
    private static final String EMPTY = "skippy.shield: EMPTY (watch: 0 of 1 endpoints ready)";

    private final CapturedLog log = new CapturedLog(ServiceFeed.class);

    @AfterEach
    void close() {
        log.close();
    }

    private List<String> lines() {
        return log.from(Level.INFO);
    }

    private void ready() {
        say(() -> source.found(Pods.pod(1)));
    }

    private void notReady() {
        say(() -> source.found(Pods.pod(1, Conditions.NOT_READY)));
    }

    @Test
    void tellsWhenThereIsNobodyToCallAnyMoreAndWhenThereIsAgain() {
        follow("skippy");
        ready();
        time.advance(StateLog.BETWEEN_LINES);
        notReady();
        time.advance(StateLog.BETWEEN_LINES);
        ready();
        assertThat(lines()).containsExactly(LIVE, EMPTY, LIVE);
        assertThat(log.from(Level.WARN)).containsExactly(EMPTY);
    }

    @Test
    void saysNotThatItIsLiveWhereNobodyIsReady() {
        follow("skippy");
        notReady();
        assertThat(lines()).containsExactly(EMPTY);
        assertThat(log.from(Level.WARN)).isEmpty();
        source.unavailable("gone");
        time.runDue();
        assertThat(lines()).containsExactly(EMPTY);
    }

    @Test
    void givesALineNowAndThenWhereTheStateChangesAllTheTime() {
        follow("skippy");
        for (int i = 0; i < 600; i++) {
            ready();
            time.advance(Duration.ofMillis(50));
            notReady();
            time.advance(Duration.ofMillis(50));
        }
        assertThat(lines()).hasSizeBetween(2, 7);
        time.advance(StateLog.BETWEEN_LINES);
        assertThat(lines().get(lines().size() - 1)).isEqualTo(EMPTY);
    }

    @Test
    void tellsWhatAChangeCameToAfterALineThatIsJustGiven() {
        follow("skippy");
        ready();
        notReady();
        time.advance(StateLog.BETWEEN_LINES.minusNanos(1));
        assertThat(lines()).containsExactly(LIVE);
        time.advance(Duration.ofNanos(1));
        assertThat(lines()).containsExactly(LIVE, EMPTY);
    }

    @Test
    void saysNothingOfWhatIsFollowedNoMore() {
        follow("skippy");
        ready();
        notReady();
        resolver.close();
        time.advance(StateLog.BETWEEN_LINES);
        assertThat(lines()).containsExactly(LIVE);
    }
}
