package io.serviceresolver.benchmarks.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tail of the default balancer is as short as is demanded, in some of the scenarios of the command, whole, with a seed
 * that it was not tuned with. All time is simulated, so that it is the same on any machine.
 */
@TestInstance(Lifecycle.PER_CLASS)
class DemandTest {

    private static final List<String> SCENARIOS = List.of("het50", "fail50", "roll50", "high50", "few3");
    private static final long HELD_OUT_SEED = 7;

    private final Results results;

    DemandTest() throws ExecutionException, InterruptedException {
        results = new Results(Runs.all(
                SCENARIOS.stream().map(Scenarios::find).toList(),
                Stream.of(Policies.DEFAULT, Policies.BEST_KNOWN)
                        .map(Policies::find)
                        .toList(),
                List.of(HELD_OUT_SEED),
                Span.STANDARD));
    }

    static Stream<Demand> demands() {
        return Demand.ALL.stream().filter(demand -> SCENARIOS.contains(demand.scenario()));
    }

    static List<String> scenarios() {
        return SCENARIOS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("demands")
    void theDefaultBalancerMeets(Demand demand) {
        assertThat(demand.measured(results)).isPositive().isLessThanOrEqualTo(demand.most());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void theDefaultBalancerIsAsGoodAsTheBestKnown(String scenario) {
        for (Figure figure : List.of(Figure.P99, Figure.P999, Figure.FAILED)) {
            assertThat(results.mean(scenario, Policies.DEFAULT, figure))
                    .as(figure.title())
                    .isLessThanOrEqualTo(results.mean(scenario, Policies.BEST_KNOWN, figure));
        }
    }
}
