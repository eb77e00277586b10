package io.serviceresolver.benchmarks;

import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.Objects;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * What came of one case.
 *
 * @param benchmark what was done
 * @param system by which system
 * @param endpoints how many it had
 * @param threads how many did it at once
 * @param bestNanos the wall time of one operation in the best iteration
 * @param worstNanos the same, in the worst iteration
 * @param bytes what one operation allocated
 */
record Result(
        String benchmark,
        String system,
        int endpoints,
        int threads,
        double bestNanos,
        double worstNanos,
        double bytes) {

    static Result of(RunResult run) {
        BenchmarkParams params = run.getParams();
        String name = params.getBenchmark();
        DoubleSummaryStatistics nanos = run.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .map(IterationResult::getPrimaryResult)
                .mapToDouble(result -> result.getScore())
                .summaryStatistics();
        return new Result(
                name.substring(name.lastIndexOf('.') + 1),
                params.getParam("system"),
                Integer.parseInt(params.getParam("endpoints")),
                params.getThreads(),
                nanos.getMin(),
                nanos.getMax(),
                Objects.requireNonNull(run.getSecondaryResults().get("gc.alloc.rate.norm"))
                        .getScore());
    }
}
