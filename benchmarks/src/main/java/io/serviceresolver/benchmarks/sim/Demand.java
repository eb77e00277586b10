package io.serviceresolver.benchmarks.sim;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is demanded of the default balancer in one scenario, whatever the seed: set before it was measured.
 *
 * @param scenario the name of the scenario
 * @param figure what is bounded
 * @param most the bound
 */
record Demand(String scenario, Figure figure, double most) {

    /** In the order of the tables. */
    static final List<Demand> ALL = Stream.of(
                    tail("eq50", 70, 150),
                    tail("het50", 72, 170),
                    tail("fail50", 70, 150),
                    failed("fail50", 0.015),
                    tail("roll50", 85, 175),
                    tail("low50", 72, 170),
                    tail("high50", 85, 175),
                    tail("rec50", 72, 145),
                    failed("fail1", 0.003),
                    tail("roll1", 70, 165),
                    tail("tiny", 90, 10_000),
                    tail("tinyfail", 76, 145),
                    failed("tinyfail", 0.25),
                    tail("tiny20", 80, 200))
            .flatMap(demands -> demands)
            .toList();

    private static Stream<Demand> tail(String scenario, double p99, double p999) {
        return Stream.of(new Demand(scenario, Figure.P99, p99), new Demand(scenario, Figure.P999, p999));
    }

    private static Stream<Demand> failed(String scenario, double percent) {
        return Stream.of(new Demand(scenario, Figure.FAILED, percent));
    }

    /** What came of it: of several seeds the worst. */
    double measured(Results results) {
        return results.of(scenario, Policies.DEFAULT).stream()
                .mapToDouble(figure::of)
                .max()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return scenario + ": " + figure.title();
    }
}
