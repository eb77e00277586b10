package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.health.OutlierPolicy;
import org.junit.jupiter.api.Test;

/** Calls that went well are counted by the hosts, which come and go, and whose count has an end. */
class SuccessCountTest extends EngineTest {

    /** Where a host counts the calls that went well. */
    private static final int WENT_WELL_SHIFT = 33;

    /** More than half of what it can count. */
    private static final long MANY = 1_500_000_000;

    private final ServiceHandle skippy = follow("skippy");

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.outliers(OutlierPolicy.never());
    }

    @Test
    void callsOfAHostThatLeftStillCount() {
        say(() -> source.found(pod(1)));
        Candidate leaving = skippy.begin();
        leaving.end(Outcome.SUCCESS, Candidate.UNTIMED);
        leaving.begin();
        say(() -> source.found(pod(2)));
        assertThat(successes()).isEqualTo(1);
        leaving.end(Outcome.SUCCESS, Candidate.UNTIMED);
        assertThat(successes()).isEqualTo(2);
        say(() -> source.found(pod(3)));
        assertThat(successes()).isEqualTo(2);
    }

    @Test
    void aCallThatIsBegunWhereTheHostHasJustLeftCountsOnce() {
        say(() -> source.found(pod(1)));
        Candidate left = skippy.begin();
        left.end(Outcome.SUCCESS, Candidate.UNTIMED);
        say(() -> source.found(pod(2)));
        for (int i = 0; i < 3; i++) {
            left.begin();
            left.end(i == 1 ? Outcome.TIMEOUT : Outcome.SUCCESS, Candidate.UNTIMED);
        }
        say(() -> source.found(pod(3)));
        assertThat(successes()).isEqualTo(3);
        assertThat(skippy.stats().completed(Outcome.TIMEOUT)).isEqualTo(1);
    }

    @Test
    void goesOnWhereTheCountOfAHostBeginsAnew() {
        say(() -> source.found(pod(1)));
        Host host = (Host) skippy.begin();
        for (int i = 1; i <= 5; i++) {
            host.addAndGet(MANY << WENT_WELL_SHIFT);
            skippy.resolve();
            time.advance(IDLE.dividedBy(4));
            assertThat(successes()).isEqualTo(i * MANY);
        }
        host.addAndGet(MANY << WENT_WELL_SHIFT);
        host.end(Outcome.SUCCESS, Candidate.UNTIMED);
        say(() -> source.found(pod(2)));
        assertThat(host.inFlight()).isZero();
        assertThat(successes()).isEqualTo(6 * MANY + 1);
    }

    private long successes() {
        return skippy.stats().completed(Outcome.SUCCESS);
    }
}
