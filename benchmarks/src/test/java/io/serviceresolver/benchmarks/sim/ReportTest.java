package io.serviceresolver.benchmarks.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written of the runs. */
class ReportTest {

    private static final Results RESULTS = new Results(List.of(
            run("eq50", "oracle", 42, 60),
            run("eq50", "oracle", 43, 60),
            run("eq50", "mean", 42, 66),
            run("eq50", "mean", 43, 66),
            run("eq50", "rr", 42, 600),
            run("eq50", "rr", 43, 660)));

    private static Run run(String scenario, String policy, long seed, double p99) {
        Tail tail = new Tail(6, p99, 2 * p99, 0.25, 1_000);
        return new Run(scenario, policy, seed, tail, tail);
    }

    @Test
    void aTableHasALineForEachScenarioAndTheSeedsSideBySide() {
        assertThat(new Report(List.of("checked"), RESULTS).text())
                .contains("checked\n")
                .contains("| p99, ms | oracle | mean | rr |\n|---|---:|---:|---:|\n| eq50 | 60 | 66 | 600/660 |\n")
                .contains("| failed calls, % | oracle | mean | rr |\n|---|---:|---:|---:|\n| eq50 | 0.250 |");
    }

    @Test
    void policiesAreComparedWithTheLimitAndWithTheBestKnown() {
        assertThat(new Report(List.of(), RESULTS).text())
                .contains("| mean | 1.10 | 1.10 | 1.00 (eq50) | 1.00 (eq50) |");
    }

    @Test
    void whatWasDemandedStandsBesideTheWorstThatWasMeasured() {
        Results results = new Results(List.of(
                run("fail1", Policies.DEFAULT, 42, 60),
                run("high50", Policies.DEFAULT, 42, 60),
                run("high50", Policies.DEFAULT, 43, 66)));
        assertThat(new Report(List.of(), results).text()).contains("""
                        | lrt+e | demanded | measured |
                        |---|---:|---:|
                        | high50: p99, ms | 85 | 66 |
                        | high50: p99.9, ms | 175 | 132 |
                        | fail1: failed calls, % | 0.003 | 0.250 |

                        """);
        assertThat(new Report(List.of(), RESULTS).text()).doesNotContain("demanded");
    }

    @Test
    void theCsvHasALineForEachRun() {
        assertThat(RESULTS.csv().lines())
                .hasSize(7)
                .contains("eq50,rr,43,1000,6.000,660.000,1320.000,0.25000,1000,6.000,660.000,1320.000,0.25000");
    }

    @Test
    void thePictureHasARowForEachScenarioAndADotForEachPolicy() {
        String svg = new Plot(RESULTS).svg();
        assertThat(svg).startsWith("<svg ").endsWith("</svg>\n").contains(">eq50</text>", ">mean</text>", ">rr</text>");
        assertThat(svg).doesNotContain(">oracle<");
    }
}
