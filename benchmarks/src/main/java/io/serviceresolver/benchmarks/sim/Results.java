package io.serviceresolver.benchmarks.sim;

import java.util.List;
import java.util.function.Function;

/** What came of all runs. */
record Results(List<Run> runs) {

    List<String> scenarios() {
        return distinct(Run::scenario);
    }

    List<String> policies() {
        return distinct(Run::policy);
    }

    private List<String> distinct(Function<Run, String> name) {
        return runs.stream().map(name).distinct().toList();
    }

    /** The runs of one scenario with one policy, one for each seed. */
    List<Run> of(String scenario, String policy) {
        return runs.stream()
                .filter(run -> run.scenario().equals(scenario) && run.policy().equals(policy))
                .toList();
    }

    /** The geometric mean over the seeds. */
    double mean(String scenario, String policy, Figure figure) {
        return geometricMean(of(scenario, policy).stream().map(figure::of).toList());
    }

    /** How many times as much one policy has as another one; 1 where both have nothing. */
    double ratio(String scenario, String policy, String base, Figure figure) {
        return mean(scenario, policy, figure) / mean(scenario, base, figure);
    }

    static double geometricMean(List<Double> values) {
        return Math.exp(values.stream().mapToDouble(Math::log).average().orElse(0));
    }

    String csv() {
        StringBuilder lines = new StringBuilder("scenario,policy,seed,calls_before,p50_before,p99_before,p999_before,"
                + "failed_before,calls,p50,p99,p999,failed\n");
        for (Run run : runs) {
            lines.append(String.join(",", run.scenario(), run.policy(), Long.toString(run.seed())))
                    .append(run.before().csv())
                    .append(run.after().csv())
                    .append('\n');
        }
        return lines.toString();
    }
}
