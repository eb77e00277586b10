package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import org.junit.jupiter.api.Test;

/** On a clock that never shows the same time twice, as a real one. */
class RunningClockTest extends EngineTest {

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        long[] reads = {0};
        return builder.time(() -> time.nanoTime() + reads[0]++, time);
    }

    @Test
    void ejectionsAreCountedAndKeepTheEndpointOut() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1), pod(2), pod(3)));
        for (int i = 0; i < 3; i++) {
            Lease lease = skippy.acquire();
            boolean bad = lease.endpoint().equals(pod(2));
            lease.complete(bad ? Outcome.CONNECT_FAILED : Outcome.SUCCESS);
        }
        time.runDue();
        assertThat(skippy.stats().ejections()).isEqualTo(1);
        assertThat(skippy.stats().pickable()).isEqualTo(2);
    }
}
