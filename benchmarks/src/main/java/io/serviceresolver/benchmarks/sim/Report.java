package io.serviceresolver.benchmarks.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All results as text: tables in the notation of Markdown.
 *
 * @param checks how the checks against theory went
 * @param results what came of the runs
 */
record Report(List<String> checks, Results results) {

    String text() {
        List<String> parts = new ArrayList<>();
        parts.add(String.join("\n", checks) + "\n");
        if (results.policies().containsAll(List.of(Policies.ORACLE, Policies.BEST_KNOWN))) {
            parts.add(summary());
        }
        demands().ifPresent(parts::add);
        for (Figure figure : Figure.ALL) {
            parts.add(table(figure));
        }
        parts.add(results.scenarios().stream()
                .map(name -> "- " + name + ": " + Scenarios.find(name).about() + "\n")
                .collect(Collectors.joining()));
        parts.add(results.policies().stream()
                .map(name -> "- " + name + ": " + Policies.find(name).about() + "\n")
                .collect(Collectors.joining()));
        return String.join("\n", parts);
    }

    /** One figure: a line for each scenario, a column for each policy, the seeds side by side where they differ. */
    private String table(Figure figure) {
        StringBuilder lines = new StringBuilder(head(figure.title(), results.policies()));
        for (String scenario : results.scenarios()) {
            List<String> cells = results.policies().stream()
                    .map(policy -> cell(scenario, policy, figure))
                    .toList();
            lines.append(line(scenario, cells));
        }
        return lines.toString();
    }

    private String cell(String scenario, String policy, Figure figure) {
        return results.of(scenario, policy).stream()
                .map(figure::text)
                .distinct()
                .collect(Collectors.joining("/"));
    }

    /** Each policy against the limit, on the average of the scenarios, and against the best known one, at its worst. */
    private String summary() {
        StringBuilder lines = new StringBuilder(head(
                "policy",
                List.of("p99 / limit", "p99.9 / limit", "worst p99 / best known", "worst p99.9 / best known")));
        for (String policy : results.policies()) {
            lines.append(line(
                    policy,
                    List.of(
                            average(policy, Figure.P99),
                            average(policy, Figure.P999),
                            worst(policy, Figure.P99),
                            worst(policy, Figure.P999))));
        }
        return lines.toString();
    }

    private String average(String policy, Figure figure) {
        List<Double> ratios = results.scenarios().stream()
                .map(scenario -> results.ratio(scenario, policy, Policies.ORACLE, figure))
                .toList();
        return String.format(Locale.ROOT, "%.2f", Results.geometricMean(ratios));
    }

    private String worst(String policy, Figure figure) {
        String where = results.scenarios().stream()
                .max(Comparator.comparingDouble(
                        scenario -> results.ratio(scenario, policy, Policies.BEST_KNOWN, figure)))
                .orElseThrow();
        double ratio = results.ratio(where, policy, Policies.BEST_KNOWN, figure);
        return String.format(Locale.ROOT, "%.2f (%s)", ratio, where);
    }

    /** What was demanded, and what it is, of the scenarios that were run. */
    private Optional<String> demands() {
        List<Demand> demands = results.policies().contains(Policies.DEFAULT)
                ? Demand.ALL.stream()
                        .filter(demand -> results.scenarios().contains(demand.scenario()))
                        .toList()
                : List.of();
        return demands.isEmpty()
                ? Optional.empty()
                : Optional.of(demands.stream()
                        .map(demand -> line(
                                demand.toString(),
                                List.of(
                                        demand.figure().text(demand.most()),
                                        demand.figure().text(demand.measured(results)))))
                        .collect(Collectors.joining("", head(Policies.DEFAULT, List.of("demanded", "measured")), "")));
    }

    private static String head(String title, List<String> columns) {
        return line(title, columns) + "|---|" + "---:|".repeat(columns.size()) + "\n";
    }

    private static String line(String title, List<String> cells) {
        return "| " + title + " | " + String.join(" | ", cells) + " |\n";
    }
}
