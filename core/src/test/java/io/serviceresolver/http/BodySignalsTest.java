package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A deadline against the source of a body: what the subscriber sees, in which order. */
class BodySignalsTest {

    private final BodySignals signals = new BodySignals();
    private final List<String> seen = new ArrayList<>();

    private boolean end() {
        boolean first = signals.close(() -> seen.add("late"));
        signals.deliver();
        return first;
    }

    @Test
    void theEndWaitsForTheSubscription() {
        assertThat(end()).isTrue();
        assertThat(seen).isEmpty();
        signals.subscribed();
        assertThat(seen).containsExactly("late");
        signals.subscribed();
        assertThat(seen).hasSize(1);
    }

    @Test
    void theEndWaitsForTheSignalBeforeItAndNothingFollows() {
        signals.subscribed();
        assertThat(signals.enter()).isTrue();
        assertThat(end()).isTrue();
        assertThat(seen).isEmpty();
        signals.leave();
        assertThat(seen).containsExactly("late");
        assertThat(signals.enter()).isFalse();
        assertThat(signals.enterLast()).isFalse();
        assertThat(end()).isFalse();
        assertThat(seen).hasSize(1);
    }

    @Test
    void theEndIsNoneWhereTheSourceCameToItsOwn() {
        signals.subscribed();
        assertThat(signals.enterLast()).isTrue();
        assertThat(end()).isFalse();
        signals.leave();
        assertThat(end()).isFalse();
        assertThat(seen).isEmpty();
    }

    /** The JDK tells a subscriber that fails at its completion of that failure. */
    @Test
    void theSourceMaySayHowItsEndFailed() {
        signals.subscribed();
        assertThat(signals.enterLast()).isTrue();
        signals.leave();
        assertThat(signals.enterLast()).isTrue();
    }
}
