package io.serviceresolver.benchmarks.sim;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What is shown of a run. */
enum Figure {
    P99("p99, ms", "%.0f", run -> run.after().p99()),
    P999("p99.9, ms", "%.0f", run -> run.after().p999()),
    P50("p50, ms", "%.1f", run -> run.after().p50()),
    FAILED("failed calls, %", "%.3f", run -> run.after().failed()),
    P99_BEFORE("p99 before the change, ms", "%.0f", run -> run.before().p99()),
    P999_BEFORE("p99.9 before the change, ms", "%.0f", run -> run.before().p999());

    private final String title;
    private final String format;
    private final ToDoubleFunction<Run> reader;

    Figure(String title, String format, ToDoubleFunction<Run> reader) {
        this.title = title;
        this.format = format;
        this.reader = reader;
    }

    String title() {
        return title;
    }

    double of(Run run) {
        return reader.applyAsDouble(run);
    }

    String text(Run run) {
        return String.format(Locale.ROOT, format, of(run));
    }
}
