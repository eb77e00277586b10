package io.serviceresolver.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All results, a line for each. */
record Table(List<Result> results) {

    private static final String TEXT = "%-8s %-14s %9d %7d %12.1f %12.1f %10.1f%n";
    private static final String CSV = "%s,%s,%d,%d,%.2f,%.2f,%.2f%n";

    String text() {
        String head = String.format(
                Locale.ROOT,
                "%-8s %-14s %9s %7s %12s %12s %10s%n",
                "what",
                "system",
                "endpoints",
                "threads",
                "best ns/op",
                "worst ns/op",
                "B/op");
        return head + lines(TEXT);
    }

    String csv() {
        return "what,system,endpoints,threads,best_ns,worst_ns,bytes" + System.lineSeparator() + lines(CSV);
    }

    private String lines(String format) {
        return results.stream()
                .sorted(Comparator.comparing(Result::benchmark)
                        .thenComparing(Result::threads)
                        .thenComparing(Result::endpoints))
                .map(result -> String.format(
                        Locale.ROOT,
                        format,
                        result.benchmark(),
                        result.system(),
                        result.endpoints(),
                        result.threads(),
                        result.bestNanos(),
                        result.worstNanos(),
                        result.bytes()))
                .collect(Collectors.joining());
    }
}
