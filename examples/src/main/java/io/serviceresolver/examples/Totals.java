package io.serviceresolver.examples;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the demo counted in all its scenes. Confined to one thread. */
final class Totals {

    private static final int MAX_REASONS = 5;

    private final Set<String> pods = new TreeSet<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private long calls;
    private long failed;
    private long failedInRollingUpdate;

    void add(LoadReport report) {
        calls += report.calls();
        failed += report.failed();
        pods.addAll(report.perPod().keySet());
        report.failures().forEach((reason, times) -> failures.merge(reason, times, Long::sum));
    }

    void addRollingUpdate(LoadReport report) {
        add(report);
        failedInRollingUpdate += report.failed();
    }

    boolean isFlawless() {
        return failed == 0;
    }

    /** The line that the demo ends with. */
    String summary() {
        return "demo: " + calls + " calls, " + failed + " failed, " + pods.size() + " pods, rolling update "
                + failedInRollingUpdate + " failed";
    }

    /** Why calls failed, a line for each of the first few reasons. */
    void explain(Console console) {
        failures.entrySet().stream()
                .limit(MAX_REASONS)
                .forEach(failure -> console.line("failed %d times: %s", failure.getValue(), failure.getKey()));
    }
}
