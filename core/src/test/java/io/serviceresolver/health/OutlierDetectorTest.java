package io.serviceresolver.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When an endpoint is ejected, and for how long. */
class OutlierDetectorTest extends DetectorTest {

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
            greedy.judge(List.of(one), all, now);
        });
        assertThat(ejected()).hasSize(2);
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
    void latenciesWithoutEndLeaveNothingBehindForTheNextInterval() {
        EndpointHealth one = all.get(0);
        for (int call = 0; call < 1_000; call++) {
            one.recordLatency(Long.MAX_VALUE);
        }
        assertThat(one.takeInterval(0).meanMicros()).isEqualTo(1L << 32);
        one.recordLatency(5_000_000);
        one.recordLatency(7_000_000);
        EndpointHealth.Interval next = one.takeInterval(0);
        assertThat(next.timed()).isEqualTo(2);
        assertThat(next.meanMicros()).isEqualTo(6_000);
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

    /** In between there are intervals of which little is known: of one, or of all. */
    @Test
    void doesNotEjectForSlownessNowAndLongAgo() {
        slow(3);
        latencies(30, 3, 1);
        slow(3);
        latencies(1, 3, 1);
        slow(3);
        assertThat(ejected()).isEmpty();
        slow(3);
        assertThat(ejected()).containsExactly(3);
    }

    private void slow(int one) {
        for (int call = 0; call < 20; call++) {
            all.get(one).recordLatency(75_000_000);
        }
        latencies(20, one, 20);
    }

    /** An interval in which so many calls to each took 5 ms, and to one of them so many. */
    private void latencies(int calls, int one, int callsToOne) {
        for (int i = 0; i < all.size(); i++) {
            for (int call = 0; call < (i == one ? callsToOne : calls); call++) {
                all.get(i).recordLatency(5_000_000);
            }
        }
        interval();
    }

    @Test
    void ejectsOneThatGoesOnFailingWhenThereIsRoomForIt() {
        all = fleet(3);
        calls(0, 5, Outcome.SERVER_ERROR);
        calls(1, 5, Outcome.SERVER_ERROR);
        assertThat(ejected()).as("one of three").containsExactly(0);
        all.get(0).troubles().release();
        calls(1, 1, Outcome.SERVER_ERROR);
        assertThat(ejected()).containsExactly(1);
    }

    @Test
    void judgesManyAtOnceAsOneAfterTheOther() {
        all = fleet(10);
        all.forEach(one -> one.record(Outcome.CONNECT_FAILED, policy));
        assertThat(detector.judge(all, all, now)).isTrue();
        assertThat(ejected()).containsExactly(0, 1, 2, 3, 4);
        now = all.get(0).ejection().orElseThrow().untilNanos() + 10 * SECOND;
        detector.advance(all, now);
        all.get(0).record(Outcome.SUCCESS, policy);
        all.get(1).record(Outcome.SERVER_ERROR, policy);
        all.get(9).record(Outcome.CONNECT_FAILED, policy);
        all.get(8).record(Outcome.CONNECT_FAILED, policy);
        assertThat(detector.judge(all, all, now)).isTrue();
        assertThat(ejected()).as("one place is free again").containsExactly(1, 2, 3, 4, 8);
    }

    @Test
    void ejectsNobodyWhereThatIsDisabled() {
        OutlierDetector off = new OutlierDetector(OutlierPolicy.never(), new Random(1));
        all.get(3).record(Outcome.CONNECT_FAILED, OutlierPolicy.never());
        assertThat(off.judge(List.of(all.get(3)), all, now)).isFalse();
        assertThat(OutlierPolicy.never().isEnabled()).isFalse();
    }
}
