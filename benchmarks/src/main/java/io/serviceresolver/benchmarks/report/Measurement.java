package io.serviceresolver.benchmarks.report;

import io.serviceresolver.benchmarks.subject.Activity;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What came of one case. What was not measured is not a number.
 *
 * @param activity what was done
 * @param system by which system
 * @param size how many endpoints or selectors it had
 * @param threads how many did it at once
 * @param nanos the processor time of one operation, in the best iteration
 * @param worstNanos the same, in the worst iteration
 * @param wallNanos the time on the wall of one operation, in the best iteration
 * @param bytes what one operation allocated; of a footprint, the heap that is kept for each endpoint
 * @param started of a footprint, how many threads were started
 */
public record Measurement(
        Activity activity,
        String system,
        int size,
        int threads,
        double nanos,
        double worstNanos,
        double wallNanos,
        double bytes,
        double started) {

    /** The line over those of {@link #csv}. */
    static final String HEAD = "what,system,size,threads,cpu_ns,cpu_ns_worst,wall_ns,bytes,threads_started";

    /** The result of JMH as a measurement. */
    public static Measurement of(Activity activity, RunResult run) {
        BenchmarkParams params = run.getParams();
        boolean footprint = activity.isFootprint();
        DoubleSummaryStatistics cpu = iterations(run, result -> secondary(result, CpuTimeProfiler.LABEL))
                .summaryStatistics();
        return new Measurement(
                activity,
                params.getParam("system"),
                Integer.parseInt(params.getParam("size")),
                params.getThreads(),
                footprint ? Double.NaN : cpu.getMin(),
                footprint ? Double.NaN : cpu.getMax(),
                footprint
                        ? Double.NaN
                        : iterations(run, result -> result.getPrimaryResult().getScore())
                                .min()
                                .orElse(Double.NaN),
                iterations(run, result -> secondary(result, footprint ? "heap" : "gc.alloc.rate.norm"))
                        .min()
                        .orElse(Double.NaN),
                footprint
                        ? iterations(run, result -> secondary(result, "threads"))
                                .max()
                                .orElse(Double.NaN)
                        : Double.NaN);
    }

    private static DoubleStream iterations(RunResult run, Function<IterationResult, Double> figure) {
        return run.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .mapToDouble(figure::apply);
    }

    private static double secondary(IterationResult result, String label) {
        Result<?> found = result.getSecondaryResults().get(label);
        return found == null ? Double.NaN : found.getScore();
    }

    /** A line that {@link #csv} wrote. */
    static Measurement parse(String line) {
        String[] fields = line.split(",", -1);
        return new Measurement(
                Activity.valueOf(fields[0].toUpperCase(Locale.ROOT)),
                fields[1],
                Integer.parseInt(fields[2]),
                Integer.parseInt(fields[3]),
                number(fields[4]),
                number(fields[5]),
                number(fields[6]),
                number(fields[7]),
                number(fields[8]));
    }

    String csv() {
        return String.join(
                ",",
                activity.toString(),
                system,
                Integer.toString(size),
                Integer.toString(threads),
                text(nanos),
                text(worstNanos),
                text(wallNanos),
                text(bytes),
                text(started));
    }

    /** The case, without what came of it. */
    String subject() {
        return activity + "," + system + "," + size + "," + threads;
    }

    /** The better of two measurements of one case. */
    Measurement orBetter(Measurement other) {
        return new Measurement(
                activity,
                system,
                size,
                threads,
                Math.min(nanos, other.nanos),
                Math.max(worstNanos, other.worstNanos),
                Math.min(wallNanos, other.wallNanos),
                Math.min(bytes, other.bytes),
                Math.max(started, other.started));
    }

    /** What systems are compared by: time, or the heap of a footprint. */
    double figure() {
        return activity.isFootprint() ? bytes : nanos;
    }

    private static double number(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    private static String text(double number) {
        return Double.isNaN(number) ? "" : String.format(Locale.ROOT, "%.2f", number);
    }
}
