package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Pods.pods;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Lease;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.routing.SlowStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Endpoints that are new get their share little by little, where others can take the rest. */
class SlowStartTest extends EngineTest {

    private static final Duration WINDOW = Duration.ofSeconds(30);

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.routing(RoutingPolicy.standard().withSlowStart(SlowStart.over(WINDOW)));
    }

    private List<Double> weights(ServiceHandle handle) throws Exception {
        return ExplainTest.explain(handle, time).endpoints().stream()
                .map(ExplainedEndpoint::weight)
                .toList();
    }

    private ServiceHandle serving(int pods) {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(pods)));
        time.advance(Duration.ofMinutes(1));
        return skippy;
    }

    @Test
    void aNewEndpointRampsInTenSteps() throws Exception {
        ServiceHandle skippy = serving(3);
        say(() -> source.found(pods(4)));
        List<Double> ramp = new ArrayList<>();
        for (int second = 0; second <= 30; second++) {
            ramp.add(weights(skippy).get(3));
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(ramp.subList(0, 10)).containsExactly(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.3);
        assertThat(ramp).isSorted();
        assertThat(ramp.stream().distinct()).hasSize(10);
        assertThat(ramp.get(29)).isEqualTo(0.9);
        assertThat(ramp.get(30)).isEqualTo(1);
        assertThat(weights(skippy).subList(0, 3)).containsOnly(1.0);
    }

    @Test
    void itsShareOfCallsIsThatOfItsWeight() {
        ServiceHandle skippy = serving(3);
        say(() -> source.found(pods(4)));
        time.advance(Duration.ofSeconds(15));
        assertThat(Shares.of(skippy, 7_000).get("10.0.0.4")).isBetween(0.5 / 3.5 - 0.005, 0.5 / 3.5 + 0.005);
        time.advance(Duration.ofSeconds(15));
        assertThat(Shares.of(skippy, 4_000).get("10.0.0.4")).isBetween(0.249, 0.251);
    }

    static Stream<Named<BalancerFactory>> balancers() {
        return Stream.of(
                Named.of("least response time", Balancers.leastResponseTime()),
                Named.of("least connections", Balancers.leastConnections()),
                Named.of("round robin", Balancers.roundRobin()),
                Named.of("random", Balancers.random()),
                Named.of("two choices", Balancers.powerOfTwoChoices()),
                Named.of("peak EWMA", Balancers.peakEwma()));
    }

    @ParameterizedTest
    @MethodSource("balancers")
    void aNewEndpointGetsMoreAndMoreCallsThatComeOneAfterTheOther(BalancerFactory factory) {
        ScriptedSource other = new ScriptedSource("watch");
        try (ServiceResolver starting = configure(ServiceResolver.builder())
                .source(other)
                .cluster(resolver.cluster())
                .balancer(factory)
                .random(new Random(4))
                .time(time::nanoTime, time)
                .build()) {
            ServiceHandle skippy = starting.service("skippy");
            time.runDue();
            say(() -> other.found(pods(3)));
            time.advance(Duration.ofMinutes(1));
            callsOf(skippy, 10);
            say(() -> other.found(pods(4)));
            double[] thirds = {callsOf(skippy, 10), callsOf(skippy, 10), callsOf(skippy, 10)};
            double after = callsOf(skippy, 10);
            // By weight 0.05, 0.14 and 0.21; peak EWMA prefers who has not been asked for some time.
            assertThat(thirds[0]).isBetween(0.01, 0.15);
            assertThat(thirds[1]).isBetween(thirds[0] + 0.02, 0.22);
            assertThat(thirds[2]).isBetween(thirds[1] + 0.02, 0.24);
            assertThat(after).isBetween(0.22, 0.28);
        }
    }

    /** The share of the fourth Pod in a hundred calls a second, each of which has ended before the next. */
    private double callsOf(ServiceHandle handle, int seconds) {
        int calls = 0;
        for (int i = 0; i < 100 * seconds; i++) {
            Lease lease = handle.acquire();
            time.advance(Duration.ofMillis(10));
            lease.success();
            calls += lease.endpoint().address().equals("10.0.0.4") ? 1 : 0;
        }
        return calls / (100.0 * seconds);
    }

    @Test
    void nobodyRampsWhereAllAreNew() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(3)));
        assertThat(weights(skippy)).containsOnly(1.0);
        say(() -> source.found(pod(4), pod(5)));
        assertThat(weights(skippy)).as("nobody is left of those before").containsOnly(1.0);
    }

    @Test
    void nobodyRampsWhereMostAreNew() throws Exception {
        ServiceHandle skippy = serving(2);
        say(() -> source.found(pods(4)));
        assertThat(weights(skippy)).as("two of four").containsExactly(1.0, 1.0, 0.1, 0.1);
        say(() -> source.found(pod(2), pod(3), pod(4)));
        assertThat(weights(skippy)).as("two of three").containsOnly(1.0);
        say(() -> source.found(pods(4)));
        assertThat(weights(skippy)).as("the others have ended their ramp").containsExactly(0.1, 1.0, 1.0, 1.0);
    }

    @Test
    void whoBecomesReadyAgainStartsAnew() throws Exception {
        ServiceHandle skippy = serving(3);
        say(() -> source.found(pod(1), pod(2), pod(3, Conditions.NOT_READY)));
        time.advance(Duration.ofSeconds(5));
        say(() -> source.found(pods(3)));
        assertThat(weights(skippy)).containsExactly(1.0, 1.0, 0.1);
        time.advance(WINDOW);
        assertThat(weights(skippy)).containsOnly(1.0);
    }

    @Test
    void aChangeOfLabelsStartsNothing() throws Exception {
        ServiceHandle skippy = serving(2);
        Endpoint changed = pod(2, Map.of("ver", "v2"));
        say(() -> source.found(pod(1), changed));
        assertThat(weights(skippy)).containsOnly(1.0);
    }

    @Test
    void noTimerIsLeftWhenAllHaveTheirShare() {
        serving(3);
        int before = time.pending();
        say(() -> source.found(pods(4)));
        assertThat(time.pending()).isEqualTo(before + 1);
        time.advance(WINDOW);
        assertThat(time.pending()).isEqualTo(before);
    }
}
