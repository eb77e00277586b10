package io.serviceresolver;

import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many requests the sources of a resolver sent. */
class SourceStatsTest extends EngineTest {

    @Test
    void aPickSendsNone() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(3)));
        assertThat(requests()).isEqualTo(1);
        ServiceHandle canary = skippy.subset("topology.kubernetes.io/zone");
        for (int i = 0; i < 10_000; i++) {
            skippy.resolve();
            skippy.acquire().success();
            resolver.service("skippy").endpoints();
        }
        canary.explain();
        time.runDue();
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void onlyDriftAsksAnew() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(3)));
        skippy.drift();
        time.runDue();
        assertThat(requests()).isEqualTo(2);
    }

    private long requests() {
        assertThat(resolver.sources()).extracting(SourceStats::name).containsExactly("watch");
        return resolver.sources().get(0).requests();
    }
}
