package io.serviceresolver.benchmarks.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation is right where theory knows, the same each time, and can tell policies apart. All time is simulated. */
class SimulationTest {

    private static final Span SHORT = Span.ofSeconds(2, 4, 8);
    private static final long SEED = 42;

    /** Ten servers, one of which gets ten times slower. */
    private static final Scenario SLOW = Scenario.of("slow", "one of ten gets slow", 5)
            .servers(10, 4)
            .change(fleet -> fleet.server(0).slowDown(10));

    static Stream<TheoryCheck> checks() {
        return TheoryCheck.all().stream();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void queuesAreAsTheoryHasThem(TheoryCheck check) {
        // Fewer calls than the command makes, so not as near.
        double measured = check.measuredMillis(SEED, Span.ofSeconds(5, 5, 45));
        assertThat(measured / check.expectedMillis()).as(check.name()).isCloseTo(1, within(0.05));
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        Policy policy = Policies.find("lrt+e");
        Run first = Run.of(SLOW, policy, SEED, SHORT);
        assertThat(csv(Run.of(SLOW, policy, SEED, SHORT))).isEqualTo(csv(first));
        assertThat(csv(Run.of(SLOW, policy, SEED + 1, SHORT))).isNotEqualTo(csv(first));
    }

    private static String csv(Run run) {
        return new Results(List.of(run)).csv().replaceFirst(",4[0-9],", ",seed,");
    }

    @Test
    void policiesThatLookAtLatencyGetByASlowServer() {
        double limit = p99(SLOW, "oracle");
        double leastResponseTime = p99(SLOW, "lrt");
        assertThat(limit).isLessThan(leastResponseTime);
        assertThat(leastResponseTime).isLessThan(p99(SLOW, "p2c") / 2);
        assertThat(p99(SLOW, "p2c")).isLessThan(p99(SLOW, "rr") / 2);
    }

    private static double p99(Scenario scenario, String policy) {
        return Run.of(scenario, Policies.find(policy), SEED, SHORT).after().p99();
    }

    @Test
    void callersWaitAsLongAsTheyArePatient() {
        Scenario silent = SLOW.patience(Duration.ofSeconds(1))
                .change(fleet -> fleet.server(0).fallSilent());
        Run run = Run.of(silent, Policies.find("rr"), SEED, SHORT);
        assertThat(run.before().failed()).isZero();
        assertThat(run.after().failed()).isCloseTo(10, within(0.2));
    }

    @Test
    void outliersAreEjectedWhereThatIsAsked() {
        Scenario failing = SLOW.change(fleet -> fleet.server(0).fail(1));
        double bare = Run.of(failing, Policies.find("rr"), SEED, SHORT).after().failed();
        double ejecting =
                Run.of(failing, Policies.find("rr+e"), SEED, SHORT).after().failed();
        assertThat(bare).isCloseTo(10, within(0.2));
        // Five calls of each of five clients, of 11,200.
        assertThat(ejecting).isCloseTo(25 / 112.0, within(0.03));
    }

    @Test
    void aNewServerTakesThePlaceOfAnOldOne() {
        Scenario roll = SLOW.change(fleet -> fleet.roll(1_000_000_000, 3, 500_000_000));
        Run run = Run.of(roll, Policies.find("rr"), SEED, SHORT);
        assertThat(run.after().failed()).isZero();
        assertThat(run.after().calls()).isCloseTo(run.before().calls() * 2, within(500L));
    }
}
