package io.serviceresolver;

import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.call.Outcome;
import io.serviceresolver.health.OutlierPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Calls are counted, however many there are, also where nobody judges by them. */
class CountWithoutEjectionTest extends EngineTest {

    private static final long BILLION = 1L << 30;

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.outliers(OutlierPolicy.never()).idleTimeout(Duration.ofDays(30));
    }

    @Test
    void countsMoreCallsThanAHostHasRoomFor() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(1)));
        Host host = (Host) skippy.begin();
        for (int day = 0; day < 5; day++) {
            // The upper half of its word, but for the lowest bit there, counts those that went well.
            host.addAndGet(BILLION << 33);
            time.advance(Duration.ofDays(1));
        }
        assertThat(skippy.stats().completed(Outcome.SUCCESS)).isEqualTo(5 * BILLION);
        assertThat(skippy.stats().inFlight()).isEqualTo(1);
    }
}
