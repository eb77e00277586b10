package io.serviceresolver;

import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServiceTraits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A Service with session affinity, some Pods of which are bad for a while. */
class AffinityHealthTest extends EngineTest {

    private static final Duration SESSION = Duration.ofHours(3);

    private ServiceHandle skippy(int count) {
        ServiceHandle skippy = follow("skippy");
        say(() ->
                source.found(new ServiceTraits(InternalTrafficPolicy.CLUSTER, SESSION, PodLabels.KNOWN), pods(count)));
        return skippy;
    }

    private Endpoint call(ServiceHandle skippy, Outcome outcome) {
        Lease lease = skippy.acquire();
        lease.complete(outcome);
        time.runDue();
        return lease.endpoint();
    }

    @Test
    void whoWasLeftAloneComesBackThoughAllCallsKeepToAnother() {
        ServiceHandle skippy = skippy(3);
        Endpoint first = call(skippy, Outcome.CONNECT_FAILED);
        assertThat(skippy.stats().ejected()).isEqualTo(1);
        for (int second = 0; second < 60; second++) {
            assertThat(call(skippy, Outcome.SUCCESS)).isNotEqualTo(first);
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(skippy.stats().ejected()).isZero();
    }

    @Test
    void theNextBadOneIsLeftAloneThoughOneWasBadBefore() {
        ServiceHandle skippy = skippy(3);
        call(skippy, Outcome.CONNECT_FAILED);
        for (int second = 0; second < 60; second++) {
            call(skippy, Outcome.SUCCESS);
            time.advance(Duration.ofSeconds(1));
        }
        Endpoint second = call(skippy, Outcome.SUCCESS);
        for (int i = 0; i < 5; i++) {
            assertThat(call(skippy, Outcome.SERVER_ERROR)).isEqualTo(second);
        }
        assertThat(call(skippy, Outcome.SUCCESS)).isNotEqualTo(second);
    }
}
