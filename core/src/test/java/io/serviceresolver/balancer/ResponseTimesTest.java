package io.serviceresolver.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is expected of a candidate, call by call. */
class ResponseTimesTest {

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = Mode.INCLUDE,
            names = {"SERVER_ERROR", "CONNECT_FAILED", "IO_ERROR", "TIMEOUT"})
    void aFailureNeverLowersWhatIsExpected(Outcome outcome) {
        List<FakeCandidate> two = FakeCandidate.some(2);
        ResponseTimes times = new ResponseTimes(FakeService.context(new SplittableRandom(1)));
        TimedCandidate failing = ResponseTimes.unknown(two.get(0));
        for (int i = 0; i < 100; i++) {
            times.ended(ResponseTimes.unknown(two.get(1)), Outcome.SUCCESS, 1_000_000);
        }
        double before = 1;
        for (long millis : new long[] {5_000, 1, 0, 1_000, 3, 1, 1, 700, 0, 1}) {
            int moment = times.ended(failing, millis > 100 ? Outcome.TIMEOUT : outcome, millis * 1_000_000);
            assertThat(times.relative(failing, moment)).isGreaterThan(before);
            before = times.relative(failing, moment);
        }
    }
}
