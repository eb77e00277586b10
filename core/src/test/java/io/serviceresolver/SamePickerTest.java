package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Balancers;
import org.junit.jupiter.api.Test;

/** A balancer whose picker is the same object all the time. */
class SamePickerTest extends EngineTest {

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.balancer(Balancers.leastConnections());
    }

    @Test
    void tellsHowManyEndpointsAreLeftWhenSomeGo() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(3)));
        assertThat(skippy.stats().pickable()).isEqualTo(3);
        say(() -> source.found(pod(1)));
        assertThat(skippy.stats().pickable()).isEqualTo(1);
    }
}
