package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.call.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class PeakEwmaTest {

    private static final long MILLI = 1_000_000;

    private final FakeService service = new FakeService();
    private final List<FakeCandidate> two = service.candidates(2);
    private final FakeCandidate first = two.get(0);
    private final FakeCandidate second = two.get(1);
    private final Balancer balancer = service.balancer(Balancers.peakEwma(), new SplittableRandom(1));
    private Picker picker = balancer.update(two);

    @Test
    void takesTheFasterOneOfTwo() {
        answers(first, Outcome.SUCCESS, 20);
        answers(second, Outcome.SUCCESS, 10);
        assertPicked(second);
    }

    @Test
    void callsInFlightCount() {
        answers(first, Outcome.SUCCESS, 25);
        answers(second, Outcome.SUCCESS, 10);
        second.begin();
        assertPicked(second);
        second.begin();
        assertPicked(first);
    }

    @Test
    void callsInFlightCountByWeight() {
        answers(first, Outcome.SUCCESS, 40);
        answers(second, Outcome.SUCCESS, 10);
        first.weight = 3;
        picker = balancer.update(two);
        assertPicked(second);
        // 10 x (3 x 2 + 1) ms, the mean of the weights being 2; at the first one 40, and with one call more 40 x (1 x
        // 2/3 + 1).
        IntStream.range(0, 3).forEach(call -> second.begin());
        assertPicked(first);
        // 40 x (6 x 2/3 + 1) ms.
        IntStream.range(0, 6).forEach(call -> first.begin());
        assertPicked(second);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whereAllAreAsFastSharesAreTheWeightsWhileNothingIsInFlight(long seed) {
        List<FakeCandidate> all = service.candidates(4);
        all.get(0).weight = 0.1;
        all.get(1).weight = 3;
        Picker weighing = service.balancer(Balancers.peakEwma(), new SplittableRandom(seed))
                .update(all);
        all.forEach(one -> answers(one, Outcome.SUCCESS, 10));
        int[] counts = ChiSquare.count(4, 20_000, () -> {
            FakeCandidate chosen = (FakeCandidate) weighing.begin();
            chosen.end(Outcome.SUCCESS, 10 * MILLI);
            return chosen.index;
        });
        ChiSquare.assertShares(counts, new double[] {0.1, 3, 1, 1});
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = Mode.INCLUDE,
            names = {"SERVER_ERROR", "CONNECT_FAILED", "IO_ERROR", "TIMEOUT"})
    void aFailureCountsAlsoWhereItWasNotTimed(Outcome outcome) {
        answers(first, Outcome.SUCCESS, 1);
        answers(second, Outcome.SUCCESS, 900);
        first.begin();
        first.end(outcome, Candidate.UNTIMED);
        assertPicked(second);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = Mode.INCLUDE,
            names = {"SUCCESS", "CANCELLED", "UNREPORTED"})
    void anythingElseThatWasNotTimedSaysNothing(Outcome outcome) {
        answers(first, Outcome.SUCCESS, 20);
        answers(second, Outcome.SUCCESS, 10);
        for (int i = 0; i < 60; i++) {
            service.nowNanos += Duration.ofSeconds(1).toNanos();
            answers(second, Outcome.SUCCESS, 10);
            first.begin();
            first.end(outcome, Candidate.UNTIMED);
        }
        // So what it was has been forgotten by now.
        assertPicked(first);
    }

    @Test
    void aPeakCountsAtOnceAndIsForgottenSlowly() {
        answers(first, Outcome.SUCCESS, 10);
        answers(second, Outcome.SUCCESS, 20);
        answers(first, Outcome.SUCCESS, 100);
        assertPicked(second);
        answers(first, Outcome.SUCCESS, 10);
        assertPicked(second);
        // 10 + 90 exp(-t / 10 s) is below 20 after 22 seconds, by whichever clock: this one overflows on the way.
        for (int i = 0; i < 25; i++) {
            service.nowNanos += Duration.ofSeconds(1).toNanos();
            answers(first, Outcome.SUCCESS, 10);
            answers(second, Outcome.SUCCESS, 20);
        }
        assertPicked(first);
    }

    @Test
    void oneThatIsNotAskedIsForgivenInTime() {
        answers(first, Outcome.SUCCESS, 1_000);
        answers(second, Outcome.SUCCESS, 20);
        for (int i = 0; i < 60; i++) {
            service.nowNanos += Duration.ofSeconds(1).toNanos();
            answers(second, Outcome.SUCCESS, 20);
        }
        assertPicked(first);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = Mode.INCLUDE,
            names = {"SERVER_ERROR", "CONNECT_FAILED", "IO_ERROR", "TIMEOUT"})
    void oneThatFailsFastIsNotFast(Outcome outcome) {
        answers(first, Outcome.SUCCESS, 1);
        answers(first, outcome, 0);
        answers(second, Outcome.SUCCESS, 900);
        assertPicked(second);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = Mode.INCLUDE,
            names = {"CANCELLED", "UNREPORTED"})
    void aCallThatNobodyWaitedForSaysOnlyHowLongItTookAtLeast(Outcome outcome) {
        answers(first, Outcome.SUCCESS, 20);
        answers(second, Outcome.SUCCESS, 10);
        service.nowNanos += Duration.ofSeconds(5).toNanos();
        answers(second, Outcome.SUCCESS, 10);
        answers(first, outcome, 1);
        assertPicked(second);
        answers(second, outcome, 50);
        assertPicked(first);
    }

    @Test
    void oneThatHasNotAnsweredYetGetsOneCall() {
        answers(second, Outcome.SUCCESS, 10);
        assertThat(picker.begin()).isSameAs(first);
        assertPicked(second);
    }

    @Test
    void keepsWhatItLearntWhenTheSetChanges() {
        answers(first, Outcome.SUCCESS, 20);
        answers(second, Outcome.SUCCESS, 10);
        FakeCandidate third = service.candidate(2);
        assertThat(balancer.update(List.of(third)).pick()).isSameAs(third);
        Picker now = balancer.update(List.of(third, first, second));
        answers(third, Outcome.SUCCESS, 500);
        assertThat(balancer.update(List.of(first, third)).pick()).isSameAs(first);
        assertThat(now.pick()).isNotSameAs(third);
    }

    @Test
    void doesNotTakeWhatBelongsToTheOneThatHadTheIndexBefore() {
        FakeCandidate successor = service.candidate(0);
        answers(second, Outcome.SUCCESS, 10);
        Picker now = balancer.update(List.of(successor, second));
        answers(first, Outcome.TIMEOUT, 10_000);
        assertThat(now.pick()).isSameAs(successor);
    }

    @Test
    void refusesADecayThatMakesNoSense() {
        assertThatThrownBy(() -> Balancers.peakEwma(Duration.ZERO)).hasMessage("decay: PT0S (expected: 1 ms or more)");
    }

    private static void answers(FakeCandidate candidate, Outcome outcome, long millis) {
        candidate.begin();
        candidate.end(outcome, millis * MILLI);
    }

    private void assertPicked(FakeCandidate expected) {
        for (int i = 0; i < 20; i++) {
            assertThat(picker.pick()).isSameAs(expected);
        }
    }
}
