package io.serviceresolver;

import static io.serviceresolver.Pods.pod;
import static io.serviceresolver.Pods.pods;
import static io.serviceresolver.Shares.assertShares;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.balancer.BalancerFactory;
import io.serviceresolver.balancer.Balancers;
import io.serviceresolver.call.Lease;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.routing.RoutingPolicy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints get calls in proportion to what a policy says they weigh. */
class WeightsTest extends EngineTest {

    private static final String LABEL = "example.com/weight";

    @Override
    ServiceResolverBuilder configure(ServiceResolverBuilder builder) {
        return builder.random(new Random(17)).routing(RoutingPolicy.standard().withWeightsByLabel(LABEL));
    }

    @Test
    void sharesFollowTheLabelOfEachPod() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(weighted(1, "3"), weighted(2, "0.5"), pod(3)));
        assertShares(
                Shares.of(skippy, 9_000),
                Map.of("10.0.0.1", 3 / 4.5, "10.0.0.2", 0.5 / 4.5, "10.0.0.3", 1 / 4.5),
                0.01);
    }

    static Stream<Named<BalancerFactory>> balancers() {
        return Stream.of(
                Named.of("round robin", Balancers.roundRobin()),
                Named.of("random", Balancers.random()),
                Named.of("two choices", Balancers.powerOfTwoChoices()),
                Named.of("least connections", Balancers.leastConnections()),
                Named.of("peak EWMA", Balancers.peakEwma()),
                Named.of("least response time", Balancers.leastResponseTime()));
    }

    @ParameterizedTest
    @MethodSource("balancers")
    void everyBalancerFollowsThem(BalancerFactory factory) {
        ScriptedSource other = new ScriptedSource("watch");
        try (ServiceResolver weighing = configure(ServiceResolver.builder())
                .source(other)
                .cluster(resolver.cluster())
                .balancer(factory)
                .time(time::nanoTime, time)
                .build()) {
            ServiceHandle skippy = weighing.service("skippy");
            time.runDue();
            say(() -> other.found(weighted(1, "4"), pod(2), pod(3)));
            for (int inFlight : new int[] {0, 1, 5, 20}) {
                Map<String, Double> shares = sharesUnderLoad(skippy, inFlight);
                // A fifth, but for what comes of rounding: least connections gives a little less where next to nothing
                // is in flight.
                assertThat(shares.get("10.0.0.1"))
                        .as("%s: %s", inFlight, shares)
                        .isBetween(0.5, 0.8);
                assertThat(shares.get("10.0.0.2"))
                        .as("%s: %s", inFlight, shares)
                        .isBetween(0.1, 0.25);
            }
        }
    }

    /** With so many calls in flight all the time, which end in the order in which they began. */
    private static Map<String, Double> sharesUnderLoad(ServiceHandle handle, int inFlight) {
        Map<String, Double> shares = new TreeMap<>();
        Deque<Lease> leases = new ArrayDeque<>();
        int calls = 6_000;
        for (int i = 0; i < calls; i++) {
            Lease lease = handle.acquire();
            shares.merge(lease.endpoint().address(), 1.0 / calls, Double::sum);
            leases.add(lease);
            if (leases.size() > inFlight) {
                leases.remove().success();
            }
        }
        leases.forEach(Lease::success);
        return shares;
    }

    @Test
    void aWeightThatChangesCountsFromTheNextPick() {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pods(2)));
        assertShares(Shares.of(skippy, 1_000), Map.of("10.0.0.1", 0.5, "10.0.0.2", 0.5), 0.01);
        say(() -> source.found(pod(1), weighted(2, "3")));
        assertShares(Shares.of(skippy, 1_000), Map.of("10.0.0.1", 0.25, "10.0.0.2", 0.75), 0.01);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "1e7", "1e-9", "a lot"})
    void whatIsNoWeightCountsAsOneAndIsExplained(String bad) throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1), weighted(2, bad)));
        assertShares(Shares.of(skippy, 1_000), Map.of("10.0.0.1", 0.5, "10.0.0.2", 0.5), 0.01);
        assertThat(ExplainTest.explain(skippy, time).notes())
                .singleElement()
                .asString()
                .startsWith("weight of 10.0.0.2:8080: ")
                .contains(bad.equals("a lot") ? "example.com/weight: a lot" : String.valueOf(Double.parseDouble(bad)))
                .contains("(expected: a number")
                .endsWith("; 1 is used");
    }

    @Test
    void whatAFunctionThrowsIsNoWeight() throws Exception {
        ScriptedSource other = new ScriptedSource("watch");
        try (ServiceResolver weighing = ServiceResolver.builder()
                .source(other)
                .cluster(resolver.cluster())
                .routing(RoutingPolicy.standard().withWeights(endpoint -> {
                    throw new IllegalStateException("no idea\n");
                }))
                .time(time::nanoTime, time)
                .build()) {
            ServiceHandle skippy = weighing.service("skippy");
            time.runDue();
            say(() -> other.found(pods(2)));
            assertThat(skippy.resolve()).isNotNull();
            assertThat(ExplainTest.explain(skippy, time).notes())
                    .containsExactly(
                            "weight of 10.0.0.1:8080: java.lang.IllegalStateException: no idea\\u000a; 1 is used");
        }
    }

    @Test
    void labelsOfPodsAreAskedForFromTheBeginning() {
        ServiceHandle skippy = follow("skippy");
        assertThat(source.labels).containsExactly(skippy.target());
    }

    @Test
    void explainTellsWhatEachWeighs() throws Exception {
        ServiceHandle skippy = follow("skippy");
        say(() -> source.found(pod(1), weighted(2, "2.5")));
        Explanation explanation = ExplainTest.explain(skippy, time);
        assertThat(explanation.endpoints())
                .extracting(ExplainedEndpoint::weight)
                .containsExactly(1.0, 2.5);
        assertThat(explanation.text()).contains("WEIGHT").contains("2.500");
    }

    private static Endpoint weighted(int n, String weight) {
        return pod(n, Map.of(LABEL, weight));
    }
}
