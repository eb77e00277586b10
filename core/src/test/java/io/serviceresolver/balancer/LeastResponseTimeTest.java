package io.serviceresolver.balancer;

import static io.serviceresolver.balancer.FakeCandidate.index;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What is learnt of calls, on two endpoints, which are both looked at. */
class LeastResponseTimeTest {

    private final FakeService service = new FakeService();
    private final List<FakeCandidate> two = service.candidates(2);
    private final FakeCandidate first = two.get(0);
    private final FakeCandidate second = two.get(1);
    private final Balancer balancer = service.balancer(Balancers.leastResponseTime(), new SplittableRandom(1));
    private final Picker picker = balancer.update(two);

    @Test
    void takesTheFasterOne() {
        answers(first, 30);
        answers(second, 10);
        assertPicked(second);
    }

    @Test
    void takesTurnsWhereNoneIsClearlyFaster() {
        answers(first, 11);
        answers(second, 10);
        assertThat(counts(picker, 2, 100)).containsExactly(50, 50);
    }

    @Test
    void callsInFlightCount() {
        // 4 more calls of 20 ms are assumed of each: 28 and 12 ms.
        answers(first, 30);
        answers(second, 10);
        second.begin();
        assertPicked(second);
        second.begin();
        assertPicked(first);
        first.begin();
        assertPicked(second);
    }

    @Test
    void oneCallSaysLittleAndManySayMuch() {
        answer(first, 10);
        for (int i = 0; i < 100; i++) {
            answer(second, 10);
        }
        // One call of 60 ms: 20 ms are assumed, which is no more than two calls at the other one.
        answer(first, 50);
        second.begin();
        assertPicked(first);
        for (int i = 0; i < 20; i++) {
            answer(first, 50);
        }
        assertPicked(second);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = Mode.INCLUDE,
            names = {"SERVER_ERROR", "CONNECT_FAILED", "IO_ERROR", "TIMEOUT"})
    void oneThatFailsFastIsNotFast(Outcome outcome) {
        answer(first, 1);
        answer(second, 10);
        first.begin();
        first.end(outcome, 0);
        for (int i = 0; i < 8; i++) {
            second.begin();
        }
        assertPicked(second);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = Mode.INCLUDE,
            names = {"SERVER_ERROR", "CONNECT_FAILED", "IO_ERROR", "TIMEOUT"})
    void theFirstCallOfAllMayFail(Outcome outcome) {
        first.begin();
        first.end(outcome, Candidate.UNTIMED);
        second.begin();
        assertPicked(second);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = Mode.INCLUDE,
            names = {"CANCELLED", "UNREPORTED"})
    void aCallThatWasGivenUpNeverLooksFast(Outcome outcome) {
        answers(first, 30);
        answers(second, 10);
        for (int i = 0; i < 100; i++) {
            first.begin();
            first.end(outcome, millis(i % 10));
        }
        assertPicked(second);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = Mode.INCLUDE,
            names = {"CANCELLED", "UNREPORTED"})
    void aCallThatWasGivenUpAfterLongerThanExpectedLooksAsSlow(Outcome outcome) {
        answer(first, 20);
        answer(second, 10);
        // The second one swallows calls: its caller gives up after a second.
        second.begin();
        second.end(outcome, millis(1_000));
        first.begin();
        first.begin();
        assertPicked(first);
    }

    @Test
    void whatWasLearntFadesUntilAllAreAverageAgain() {
        answer(second, 10);
        answer(first, 10);
        first.begin();
        first.end(Outcome.TIMEOUT, millis(1_000));
        assertPicked(second);
        pass(Duration.ofHours(3));
        // Until the clock is looked at.
        assertThat(counts(picker, 2, 100)).doesNotContain(0);
        assertThat(counts(picker, 2, 100)).containsExactly(50, 50);
    }

    @Test
    void aFailureIsForgivenWithinMinutesThoughTheOthersAreCalledAllTheTime() {
        answer(first, 10);
        first.begin();
        first.end(Outcome.IO_ERROR, 0);
        int seconds = 0;
        while (picker.pick() == second) {
            answer(second, 10);
            pass(Duration.ofSeconds(1));
            seconds++;
        }
        // 2 ms are lost in noise after 100 e^-t/10 = 1, and no sooner.
        assertThat(seconds).isBetween(30, 90);
    }

    @Test
    void aSuccessThatNobodyTimedMakesUpForFailures() {
        answer(first, 10);
        answer(second, 10);
        for (int i = 0; i < 50; i++) {
            first.begin();
            first.end(i == 0 ? Outcome.IO_ERROR : Outcome.SUCCESS, Candidate.UNTIMED);
        }
        // About 3 times the mean, by now.
        second.begin();
        second.begin();
        second.begin();
        assertPicked(first);
    }

    @Test
    void oneThatJoinsIsTakenForSlowerUntilItHasShownOtherwise() {
        answer(first, 10);
        answer(second, 10);
        FakeCandidate third = service.candidate(2);
        Picker now = balancer.update(List.of(first, second, third));
        assertThat(counts(now, 3, 100)[2]).isZero();
        first.begin();
        second.begin();
        assertThat(now.pick()).isSameAs(third);
    }

    @Test
    void oneThatJoinsIsTakenForSlowerWhereverTheOthersStandNow() {
        answer(first, 10);
        answer(second, 10);
        FakeCandidate third = service.candidate(2);
        Picker now = balancer.update(List.of(second, third, first));
        assertThat(counts(now, 3, 100)[2]).isZero();
        FakeCandidate fourth = service.candidate(3);
        now = balancer.update(List.of(fourth, second, third, first));
        first.begin();
        second.begin();
        assertThat(counts(now, 4, 100)).as("both are").containsExactly(0, 0, 50, 50);
    }

    @Test
    void oneThatJoinsIsChosenAtOnceWhereTheOthersAreBusy() {
        first.begin();
        second.begin();
        // From now on it is known how busy the least busy one is.
        assertThat(counts(picker, 2, 100)).containsExactly(50, 50);
        FakeCandidate third = service.candidate(2);
        Picker now = balancer.update(List.of(first, second, third));
        assertThat(counts(now, 3, 100)).containsExactly(0, 0, 100);
    }

    @Test
    void noneIsTakenForSlowerWhereAllAreNew() {
        answer(first, 10);
        answer(second, 10);
        FakeCandidate third = service.candidate(2);
        FakeCandidate fourth = service.candidate(3);
        Picker now = balancer.update(List.of(third, fourth));
        answer(third, 10);
        // A newcomer would count as slower than one that has answered.
        assertThat(counts(now, 4, 100)).containsExactly(0, 0, 50, 50);
    }

    @Test
    void keepsWhatItLearntWhenTheSetChanges() {
        answers(first, 50);
        answers(second, 10);
        FakeCandidate third = service.candidate(2);
        Picker now = balancer.update(List.of(third, second, first));
        assertThat(now.pick()).isSameAs(second);
    }

    @Test
    void keepsNothingOfOneThatLeft() {
        answers(first, 10);
        answers(second, 10);
        balancer.update(List.of(second));
        Picker now = balancer.update(List.of(second, first));
        assertThat(counts(now, 2, 100)).as("it is a newcomer").containsExactly(0, 100);
    }

    @Test
    void doesNotTakeWhatBelongsToTheOneThatHadTheIndexBefore() {
        FakeCandidate successor = service.candidate(0);
        answer(second, 10);
        Picker now = balancer.update(List.of(successor, second));
        first.begin();
        first.end(Outcome.TIMEOUT, millis(10_000));
        second.begin();
        assertThat(now.pick()).isSameAs(successor);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 100})
    void aWholeFleetThatFailsDoesNotBreakIt(int count) {
        List<FakeCandidate> all = service.candidates(count);
        Picker now = service.balancer(Balancers.leastResponseTime(), new SplittableRandom(count))
                .update(all);
        int[] counts = new int[count];
        for (int i = 0; i < 1_000 * count; i++) {
            FakeCandidate chosen = (FakeCandidate) now.begin();
            counts[chosen.index]++;
            chosen.end(i < 10 ? Outcome.SUCCESS : Outcome.CONNECT_FAILED, i % 3 == 0 ? Long.MAX_VALUE : 0);
        }
        assertThat(Arrays.stream(counts).min().orElseThrow()).isPositive();
    }

    private static long millis(long number) {
        return Duration.ofMillis(number).toNanos();
    }

    private static void answer(FakeCandidate candidate, long millis) {
        candidate.begin();
        candidate.end(Outcome.SUCCESS, millis(millis));
    }

    private static void answers(FakeCandidate candidate, long millis) {
        for (int i = 0; i < 20; i++) {
            answer(candidate, millis);
        }
    }

    private void pass(Duration time) {
        service.nowNanos += time.toNanos();
    }

    private void assertPicked(FakeCandidate expected) {
        for (int i = 0; i < 20; i++) {
            assertThat(picker.pick()).isSameAs(expected);
        }
    }

    private static int[] counts(Picker picker, int kinds, int draws) {
        int[] counts = new int[kinds];
        Stream.generate(picker::pick).limit(draws).forEach(one -> counts[index(one)]++);
        return counts;
    }
}
