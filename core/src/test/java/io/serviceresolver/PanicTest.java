package io.serviceresolver;

import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.routing.PanicPolicy;
import io.serviceresolver.routing.RoutingPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What calls do where too few endpoints are healthy: here they fail below half. */
class PanicTest extends RoutingTest {

    @Override
    RoutingPolicy policy() {
        return RoutingPolicy.standard().withPanic(PanicPolicy.failBelow(0.5));
    }

    @Test
    void callsFailAtOnceAndSayWhy() throws Exception {
        ServiceHandle skippy = follow("skippy");
        Endpoint[] all = pods(4);
        say(() -> source.found(all));
        eject(skippy, all[0], all[1]);
        assertThat(skippy.stats().isPanicking()).isFalse();
        assertThat(Shares.of(skippy, 100)).containsOnlyKeys("10.0.0.3", "10.0.0.4");
        eject(skippy, all[2]);
        assertThat(skippy.stats().isPanicking()).isTrue();
        assertThat(skippy.stats().pickable()).isZero();
        String why = "panic: 3 of 4 endpoints are left alone, and calls fail where less than 50.0 % are healthy";
        assertThatThrownBy(skippy::resolve)
                .isInstanceOf(NoEndpointsException.class)
                .hasMessage("skippy.shield: no endpoints (" + why + "; watch: 4 of 4 endpoints ready)");
        assertThat(notes(skippy)).containsExactly(why);
        assertThat(ExplainTest.explain(skippy, time).endpoints())
                .extracting(ExplainTest::verdict)
                .last()
                .isEqualTo("10.0.0.4: health: panic: too few others are healthy, calls fail");
        time.advance(LONG.multipliedBy(2));
        assertThat(skippy.stats().isPanicking())
                .as("who is on trial can be called")
                .isFalse();
        assertThat(Shares.of(skippy, 100))
                .as("but not by those who say nothing")
                .containsOnlyKeys("10.0.0.4");
        letBack(skippy);
        // What is assumed of those who come back is forgotten.
        time.advance(LONG);
        assertThat(Shares.of(skippy, 100)).hasSize(4);
    }

    @Test
    void theDefaultIsHalfOrWhatEjectionLeaves() {
        assertThat(PanicPolicy.standard().thresholdFor(0.5)).isEqualTo(0.5);
        assertThat(PanicPolicy.standard().thresholdFor(0.2)).isEqualTo(0.5);
        assertThat(PanicPolicy.standard().thresholdFor(0.75)).isEqualTo(0.25);
        assertThat(PanicPolicy.useAllBelow(0.3).thresholdFor(0.1)).isEqualTo(0.3);
        assertThatThrownBy(() -> PanicPolicy.failBelow(1.5)).hasMessage("threshold: 1.5 (expected: 0 to 1)");
    }

    @Test
    void allAreUsedBelowTheThresholdByDefault() throws Exception {
        ScriptedSource other = new ScriptedSource("watch");
        try (ServiceResolver lenient = ServiceResolver.builder()
                .source(other)
                .balancer(Balancers.roundRobin())
                .cluster(resolver.cluster())
                .outliers(outliers())
                .routing(RoutingPolicy.standard().withPanic(PanicPolicy.useAllBelow(0.7)))
                .time(time::nanoTime, time)
                .build()) {
            ServiceHandle skippy = lenient.service("skippy");
            time.runDue();
            Endpoint[] all = pods(3);
            say(() -> other.found(all));
            eject(skippy, all[0]);
            assertThat(skippy.stats().isPanicking()).isTrue();
            assertThat(Shares.of(skippy, 300)).hasSize(3);
            assertThat(notes(skippy)).containsExactly("panic: 1 of 3 endpoints would be left alone, all are used");
            time.advance(Duration.ofMinutes(10));
            assertThat(skippy.stats().isPanicking()).as("on trial").isTrue();
            letBack(skippy);
            assertThat(skippy.stats().isPanicking()).isFalse();
        }
    }
}
