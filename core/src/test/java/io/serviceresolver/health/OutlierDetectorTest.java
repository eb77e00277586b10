package io.serviceresolver.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.health.EndpointHealth.Ejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When an endpoint is ejected, for how long, and how it comes back. */
class OutlierDetectorTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final OutlierPolicy policy = OutlierPolicy.standard();
    private final OutlierDetector detector = new OutlierDetector(policy, new Random(1));
    private List<EndpointHealth> all = fleet(10);
    private long now = Long.MAX_VALUE - 5 * SECOND;

    private static List<EndpointHealth> fleet(int size) {
        List<EndpointHealth> fleet = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            fleet.add(new EndpointHealth());
        }
        return fleet;
    }

    /** Records calls; judges where that is asked for. */
    private void calls(int endpoint, int count, Outcome outcome) {
        for (int i = 0; i < count; i++) {
            EndpointHealth one = all.get(endpoint);
            one.addSuccesses(outcome == Outcome.SUCCESS ? 1 : 0);
            if (one.record(outcome, policy)) {
                detector.judge(one, all, now);
            }
        }
    }

    private void interval() {
        now += 10 * SECOND;
        detector.judgeInterval(all, now);
    }

    private List<Integer> ejected() {
        List<Integer> ejected = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isEjected()) {
                ejected.add(i);
            }
        }
        return ejected;
    }

    private Ejection ejection(int endpoint) {
        return all.get(endpoint).ejection().orElseThrow();
    }

    private double seconds(int endpoint) {
        Ejection ejection = ejection(endpoint);
        return (ejection.untilNanos() - ejection.sinceNanos()) / (double) SECOND;
    }

    @Test
    void ejectsAtOnceWhereNoConnectionComesAbout() {
        calls(3, 1, Outcome.CONNECT_FAILED);
        assertThat(ejected()).containsExactly(3);
        assertThat(ejection(3).reason()).isEqualTo("no connection");
        assertThat(seconds(3)).isBetween(1.0, 1.2);
    }

    @Test
    void ejectsAfterFiveFailuresInARowOfAnyKind() {
        calls(3, 2, Outcome.IO_ERROR);
        calls(3, 1, Outcome.TIMEOUT);
        calls(3, 1, Outcome.SERVER_ERROR);
        assertThat(ejected()).isEmpty();
        calls(3, 1, Outcome.SERVER_ERROR);
        assertThat(ejected()).containsExactly(3);
        assertThat(ejection(3).reason()).isEqualTo("5 failures in a row");
        assertThat(seconds(3)).isBetween(10.0, 12.0);
    }

    @Test
    void startsAnewAfterASuccessAndTakesNoNoticeOfCancellations() {
        calls(3, 4, Outcome.IO_ERROR);
        calls(3, 9, Outcome.CANCELLED);
        calls(3, 9, Outcome.UNREPORTED);
        assertThat(ejected()).isEmpty();
        calls(3, 1, Outcome.SUCCESS);
        calls(3, 4, Outcome.IO_ERROR);
        assertThat(ejected()).isEmpty();
        calls(3, 1, Outcome.IO_ERROR);
        assertThat(ejected()).containsExactly(3);
    }

    @Test
    void neverEjectsMoreThanHalfNorTheLastOne() {
        int[][] sizesAndMost = {{1, 0}, {2, 1}, {3, 1}, {4, 2}, {5, 2}, {10, 5}};
        for (int[] sizeAndMost : sizesAndMost) {
            all = fleet(sizeAndMost[0]);
            for (int i = 0; i < all.size(); i++) {
                calls(i, 1, Outcome.CONNECT_FAILED);
            }
            assertThat(ejected()).as("of " + all.size()).hasSize(sizeAndMost[1]);
        }
        OutlierDetector greedy = new OutlierDetector(policy.withMaxEjected(1), new Random(1));
        all = fleet(3);
        all.forEach(one -> {
            one.record(Outcome.CONNECT_FAILED, policy);
            greedy.judge(one, all, now);
        });
        assertThat(ejected()).hasSize(2);
    }

    /** Passes the time until the ejection of one is over. */
    private void openTrial(int endpoint) {
        now = ejection(endpoint).untilNanos();
        assertThat(detector.advance(all, now)).isTrue();
        assertThat(all.get(endpoint).trial()).isPresent();
    }

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
        all.get(3).trial().orElseThrow().resolved();
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
        assertThat(detector.judge(all.get(1), all, now)).as("one of three").isFalse();
        all.get(0).record(Outcome.CONNECT_FAILED, policy);
        assertThat(detector.judge(all.get(0), all, now)).isTrue();
        assertThat(ejected()).as("it does not count itself").containsExactly(0);
        openTrial(0);
        all = all.subList(0, 1);
        all.get(0).record(Outcome.IO_ERROR, policy);
        assertThat(detector.judge(all.get(0), all, now)).isTrue();
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

    @Test
    void doublesUpToThirtyTimesAndForgetsAfterARest() {
        double last = 0;
        for (int i = 0; i < 8; i++) {
            calls(3, 1, Outcome.CONNECT_FAILED);
            last = seconds(3);
            int times = Math.min(30, 1 << i);
            assertThat(last).as("ejection " + i).isBetween(times * 1.0, times * 1.2);
            openTrial(3);
        }
        calls(3, 1, Outcome.SUCCESS);
        now += (long) (last * SECOND);
        calls(3, 1, Outcome.CONNECT_FAILED);
        assertThat(seconds(3)).isBetween(1.0, 1.2);
    }

    @Test
    void ejectsByTheShareOfFailures() {
        for (int i = 0; i < 10; i++) {
            calls(3, 1, Outcome.SUCCESS);
            calls(3, 1, Outcome.IO_ERROR);
            calls(4, 1, Outcome.SUCCESS);
            calls(4, 1, Outcome.IO_ERROR);
        }
        calls(3, 1, Outcome.IO_ERROR);
        calls(5, 3, Outcome.IO_ERROR);
        interval();
        assertThat(ejected()).as("11 of 21; not 10 of 20, nor 3 of 3").containsExactly(3);
        assertThat(ejection(3).reason()).isEqualTo("11 of 21 calls failed");
        interval();
        assertThat(ejected()).as("each interval for itself").containsExactly(3);
    }

    @Test
    void ejectsByTheSuccessRateAgainstTheOthers() {
        for (int i = 0; i < 10; i++) {
            for (int call = 0; call < 100; call++) {
                calls(i, 1, i == 3 && call % 5 == 0 ? Outcome.SERVER_ERROR : Outcome.SUCCESS);
            }
        }
        interval();
        assertThat(ejected()).containsExactly(3);
        assertThat(ejection(3).reason()).isEqualTo("20 of 100 calls failed, 2.0 % on average");
    }

    @Test
    void doesNotBlameOneForWhatHappensToAll() {
        for (int i = 0; i < 10; i++) {
            for (int call = 0; call < 100; call++) {
                calls(i, 1, call % 4 == 0 || (i == 3 && call == 1) ? Outcome.SERVER_ERROR : Outcome.SUCCESS);
            }
        }
        interval();
        assertThat(ejected()).isEmpty();
    }

    @Test
    void ejectsTheSlowestOneAgainstTheOthers() {
        for (int round = 0; round < 2; round++) {
            assertThat(ejected()).isEmpty();
            for (int i = 0; i < 10; i++) {
                for (int call = 0; call < 20; call++) {
                    all.get(i).recordLatency((i == 3 ? 80 : 5) * 1_000_000L);
                }
            }
            interval();
        }
        assertThat(ejected()).containsExactly(3);
        assertThat(ejection(3).reason()).isEqualTo("80.0 ms a call, 5.0 ms elsewhere");
    }

    @Test
    void doesNotEjectForAMomentOfSlownessNorForLittleOfIt() {
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 10; i++) {
                long millis = i == 3 && round % 2 == 0 ? 80 : i == 4 ? 14 : 5;
                for (int call = 0; call < 20; call++) {
                    all.get(i).recordLatency(millis * 1_000_000L);
                }
            }
            interval();
        }
        assertThat(ejected())
                .as("80 ms every other interval; 14 ms is 9 ms more")
                .isEmpty();
    }

    @Test
    void ejectsNobodyWhereThatIsDisabled() {
        OutlierDetector off = new OutlierDetector(OutlierPolicy.never(), new Random(1));
        all.get(3).record(Outcome.CONNECT_FAILED, OutlierPolicy.never());
        assertThat(off.judge(all.get(3), all, now)).isFalse();
        assertThat(OutlierPolicy.never().isEnabled()).isFalse();
    }
}
