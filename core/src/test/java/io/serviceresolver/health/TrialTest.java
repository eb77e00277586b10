package io.serviceresolver.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an endpoint comes back. */
class TrialTest extends DetectorTest {

    private boolean begin(int endpoint) {
        return all.get(endpoint).trial().orElseThrow().begin();
    }

    /** Passes the time that a call on trial may take. */
    private boolean pass() {
        now += policy.trial().toNanos();
        return detector.advance(all, now);
    }

    @Test
    void putsOneOnTrialWhenItsTimeIsOver() {
        calls(3, 1, Outcome.CONNECT_FAILED);
        long until = ejection(3).untilNanos();
        assertThat(detector.nextAdvance(all, now)).hasValue(until - now);
        assertThat(detector.advance(all, until - 1)).isFalse();
        assertThat(all.get(3).trial()).isEmpty();
        openTrial(3);
        assertThat(ejected()).as("but for a call at a time").containsExactly(3);
        assertThat(detector.nextAdvance(all, now)).hasValue(10 * SECOND);
        assertThat(begin(3)).isTrue();
        assertThat(begin(3)).as("one at a time").isFalse();
        calls(3, 1, Outcome.SERVER_ERROR);
        assertThat(ejected()).as("the first call decides").containsExactly(3);
        assertThat(ejection(3).reason()).isEqualTo("failure on trial");
        assertThat(seconds(3)).as("twice as long").isBetween(20.0, 24.0);
        assertThat(all.get(3).trial()).isEmpty();
        openTrial(3);
        calls(3, 1, Outcome.CONNECT_FAILED);
        assertThat(ejection(3).reason()).isEqualTo("no connection");
        assertThat(seconds(3)).isBetween(4.0, 4.8);
    }

    @Test
    void trustsOneWhoseFirstCallWentWell() {
        calls(3, 5, Outcome.IO_ERROR);
        calls(3, 1, Outcome.SUCCESS);
        assertThat(ejected()).as("its time is not over").containsExactly(3);
        openTrial(3);
        calls(3, 1, Outcome.SUCCESS);
        assertThat(ejected()).isEmpty();
        calls(3, 4, Outcome.IO_ERROR);
        assertThat(ejected()).isEmpty();
        assertThat(detector.nextAdvance(all, now)).isEmpty();
    }

    @Test
    void letsAnotherCallThroughWhereOneTakesTooLongOrIsCancelled() {
        calls(3, 5, Outcome.IO_ERROR);
        openTrial(3);
        assertThat(begin(3)).isTrue();
        assertThat(pass()).as("it is known to be under way").isFalse();
        assertThat(begin(3)).isFalse();
        assertThat(pass()).isFalse();
        assertThat(begin(3)).isTrue();
        calls(3, 1, Outcome.CANCELLED);
        assertThat(begin(3)).as("not at once").isFalse();
        assertThat(pass()).isFalse();
        assertThat(pass()).isFalse();
        assertThat(begin(3)).isTrue();
        assertThat(ejected()).containsExactly(3);
    }

    @Test
    void holdsNothingAgainstOneWhereNobodySaysHowCallsEnd() {
        calls(3, 5, Outcome.IO_ERROR);
        openTrial(3);
        assertThat(pass()).isFalse();
        assertThat(pass()).as("nobody calls").isFalse();
        all.get(3).trial().orElseThrow().passOver();
        assertThat(pass()).as("nobody says when a call ends").isTrue();
        assertThat(ejected()).isEmpty();
        calls(3, 5, Outcome.IO_ERROR);
        openTrial(3);
        assertThat(begin(3)).isTrue();
        calls(3, 1, Outcome.UNREPORTED);
        assertThat(pass()).isFalse();
        assertThat(ejected()).containsExactly(3);
        assertThat(pass()).isTrue();
        assertThat(ejected()).isEmpty();
    }

    @Test
    void letsOneBackThatMayNotBeEjectedAgain() {
        calls(3, 1, Outcome.CONNECT_FAILED);
        openTrial(3);
        all = List.of(all.get(3), all.get(4), all.get(5));
        all.get(1).record(Outcome.CONNECT_FAILED, policy);
        assertThat(detector.judge(List.of(all.get(1)), all, now))
                .as("one of three")
                .isFalse();
        all.get(0).record(Outcome.CONNECT_FAILED, policy);
        assertThat(detector.judge(List.of(all.get(0)), all, now)).isTrue();
        assertThat(ejected()).as("it does not count itself").containsExactly(0);
        openTrial(0);
        all = all.subList(0, 1);
        all.get(0).record(Outcome.IO_ERROR, policy);
        assertThat(detector.judge(List.of(all.get(0)), all, now)).isTrue();
        assertThat(ejected()).as("the last one").isEmpty();
    }

    @Test
    void failuresThatEndDuringAnEjectionAreNotHeldAgainstOneAfterwards() {
        calls(3, 25, Outcome.IO_ERROR);
        interval();
        openTrial(3);
        calls(3, 1, Outcome.SUCCESS);
        calls(3, 19, Outcome.SUCCESS);
        interval();
        assertThat(ejected()).isEmpty();
    }
}
