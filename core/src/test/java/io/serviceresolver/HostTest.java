package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.health.EndpointHealth.Interval;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one host counts. */
class HostTest {

    private final Host host = new Host(pod(1), 0, HostTableTest.ledger());

    private boolean begin() {
        host.begin();
        return host.isTimed();
    }

    private void end(Outcome outcome) {
        host.end(outcome, Candidate.UNTIMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 100})
    void hasTheFirstAndEveryEighthCallTimedHoweverManyAreInFlight(int most) {
        Deque<Integer> timed = new ArrayDeque<>();
        for (int call = 0; call < 800; call++) {
            if (host.inFlight() == most) {
                end(Outcome.SUCCESS);
            }
            if (begin()) {
                timed.add(call);
            }
        }
        assertThat(timed)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).map(each -> each * 8).boxed().toList());
    }

    @Test
    void hasTheNextCallTimedWhereOneFails() {
        assertThat(begin()).isTrue();
        end(Outcome.IO_ERROR);
        assertThat(begin()).isTrue();
        end(Outcome.SUCCESS);
        assertThat(begin()).isFalse();
    }

    @Test
    @SuppressWarnings("NullAway") // That is what is tested.
    void aCallThatEndsWithNullHasNotEnded() {
        begin();
        assertThatThrownBy(() -> end(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("outcome");
        assertThat(host.inFlight()).isEqualTo(1);
        end(Outcome.SUCCESS);
        assertThat(host.inFlight()).isZero();
    }

    @Test
    void tellsHowManyCallsWentWellInEachInterval() {
        IntStream.range(0, 3).forEach(each -> begin());
        end(Outcome.SUCCESS);
        end(Outcome.SUCCESS);
        assertThat(host.takeInterval()).extracting(Interval::successes).isEqualTo(2L);
        assertThat(host.takeInterval()).extracting(Interval::successes).isEqualTo(0L);
        end(Outcome.SUCCESS);
        assertThat(host.takeInterval()).extracting(Interval::successes).isEqualTo(1L);
        assertThat(host.wentWell()).isEqualTo(3);
    }

    @Test
    void weighsWhatItWasToldAndOneOtherwise() {
        assertThat(host.weight()).isEqualTo(1);
        host.weigh(0.3);
        assertThat(host.weight()).isEqualTo(0.3);
        host.weigh(1);
        assertThat(host.weight()).isEqualTo(1);
    }
}
