package io.serviceresolver.benchmarks.sim;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What is shown of a run.
 *
 * @param title what it is, and its unit
 * @param format how it is written
 * @param reader finds it
 */
record Figure(String title, String format, ToDoubleFunction<Run> reader) {

    static final Figure P99 = new Figure("p99, ms", "%.0f", run -> run.after().p99());
    static final Figure P999 =
            new Figure("p99.9, ms", "%.0f", run -> run.after().p999());

    static final Figure FAILED =
            new Figure("failed calls, %", "%.3f", run -> run.after().failed());

    /** In the order of the tables. */
    static final List<Figure> ALL = List.of(
            P99,
            P999,
            new Figure("p50, ms", "%.1f", run -> run.after().p50()),
            FAILED,
            new Figure("p99 before the change, ms", "%.0f", run -> run.before().p99()),
            new Figure(
                    "p99.9 before the change, ms", "%.0f", run -> run.before().p999()));

    double of(Run run) {
        return reader.applyAsDouble(run);
    }

    String text(Run run) {
        return text(of(run));
    }

    String text(double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
