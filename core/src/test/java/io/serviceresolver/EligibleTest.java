package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.routing.Subsetting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told to those who balance calls by other means: 20 endpoints are used of those that may be called. */
class EligibleTest extends EngineTest {

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.balancer(Balancers.roundRobin())
                .routing(RoutingPolicy.standard().withSubsetting(Subsetting.of(20, "wallaby-x2k4q")));
    }

    @Test
    void goesByConditions() {
        ServiceHandle skippy = follow("skippy");
        assertThat(skippy.eligible()).isEmpty();
        say(() -> source.found(pod(1, Conditions.NOT_READY), pod(2), pod(3, Conditions.DRAINING)));
        assertThat(skippy.eligible()).containsExactly(pod(2));
        say(() -> source.found(pod(1, Conditions.NOT_READY), pod(3, Conditions.DRAINING)));
        assertThat(skippy.eligible()).containsExactly(pod(3, Conditions.DRAINING));
        say(() -> source.found());
        assertThat(skippy.eligible()).isEmpty();
    }

    @Test
    void hasThoseTooThatAreLeftAlone() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(3)));
        for (int i = 0; i < 3; i++) {
            Lease lease = skippy.acquire();
            lease.complete(lease.endpoint().equals(pod(2)) ? Outcome.CONNECT_FAILED : Outcome.SUCCESS);
            time.runDue();
        }
        assertThat(skippy.stats().pickable()).isEqualTo(2);
        assertThat(skippy.eligible()).containsExactly(pods(3));
    }

    @Test
    void hasThoseOfThisClientOnly() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(40)));
        assertThat(skippy.eligible()).hasSize(20).doesNotHaveDuplicates().isSubsetOf(List.of(pods(40)));
        assertThat(skippy.eligible()).contains(skippy.resolve());
    }

    @Test
    void isAUseOfTheHandle() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(3)));
        time.advance(IDLE.multipliedBy(3));
        assertThat(source.isAsked()).isFalse();
        assertThat(skippy.eligible()).isEmpty();
        time.runDue();
        assertThat(source.isAsked()).isTrue();
    }
}
