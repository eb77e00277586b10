package io.serviceresolver.benchmarks.sim;

/**
 * What came of one run.
 *
 * @param scenario the name of the scenario
 * @param policy the name of the policy
 * @param seed what it was run with
 * @param before the calls before the change, without the warm-up
 * @param after the calls after the change
 */
record Run(String scenario, String policy, long seed, Tail before, Tail after) {

    static Run of(Scenario scenario, Policy policy, long seed, Span span) {
        Figures figures = Simulation.run(scenario, policy, seed, span);
        return new Run(
                scenario.name(),
                policy.name(),
                seed,
                figures.before().tail(),
                figures.after().tail());
    }
}
