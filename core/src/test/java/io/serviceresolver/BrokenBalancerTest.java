package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.Endpoint;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A balancer of the user's that fails for two endpoints, and has nothing to pick from four. */
@SuppressWarnings("NullAway") // Users' code may not know of it.
class BrokenBalancerTest extends EngineTest {

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.balancer(context -> {
            var round = Balancers.roundRobin().create(context);
            return candidates -> {
                if (candidates.size() == 2) {
                    throw new IllegalStateException("the test said so");
                }
                return candidates.size() == 4 ? null : round.update(candidates);
            };
        });
    }

    private static Set<Endpoint> picked(ServiceHandle handle) {
        Set<Endpoint> picked = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            picked.add(handle.resolve());
        }
        return picked;
    }

    @Test
    void keepsNobodyFromPickingAmongThoseThereAre() {
        ServiceHandle skippy = follow("skippy");
        ServiceHandle part = skippy.subset("!canary");
        say(() -> source.found(pods(3)));
        say(() -> source.found(pod(2), pod(4)));
        assertThat(picked(skippy)).containsExactlyInAnyOrder(pod(2), pod(4));
        assertThat(picked(part)).containsExactlyInAnyOrder(pod(2), pod(4));
        say(() -> source.found(pods(4)));
        assertThat(picked(skippy)).containsExactlyInAnyOrder(pods(4));
        say(() -> source.found(pods(3)));
        assertThat(picked(skippy)).containsExactlyInAnyOrder(pods(3));
    }
}
