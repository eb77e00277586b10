package io.serviceresolver.benchmarks;

import io.serviceresolver.benchmarks.report.CpuTimeProfiler;
import io.serviceresolver.benchmarks.report.Measurement;
import io.serviceresolver.benchmarks.subject.Activity;
import io.serviceresolver.benchmarks.subject.Competitor;
import io.serviceresolver.benchmarks.subject.Subjects;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Which runs of JMH make up what was asked for: one for each activity and number of threads. */
record Plan(Arguments arguments, Subjects subjects) {

    /**
     * Runs them, one after the other.
     *
     * @param done takes what came of each, when it is over
     */
    void run(Consumer<List<Measurement>> done) throws RunnerException {
        for (Activity activity : arguments.activities()) {
            for (int threads : activity.threads()) {
                if (arguments.threads().isEmpty() || arguments.threads().contains(threads)) {
                    done.accept(run(activity, threads));
                }
            }
        }
    }

    private List<Measurement> run(Activity activity, int threads) throws RunnerException {
        String[] systems = subjects.in(activity).stream()
                .map(Competitor::name)
                .filter(name -> arguments.systems().matcher(name).matches())
                .toArray(String[]::new);
        if (systems.length == 0) {
            return List.of();
        }
        ChainedOptionsBuilder options = new OptionsBuilder()
                .param("system", systems)
                .param("size", sizes(activity).stream().map(String::valueOf).toArray(String[]::new))
                .threads(threads)
                .forks(1);
        if (activity.isFootprint()) {
            footprint(options);
        } else {
            speed(options, activity);
        }
        return new Runner(options.build())
                .run().stream().map(run -> Measurement.of(activity, run)).toList();
    }

    private List<Integer> sizes(Activity activity) {
        return arguments.sizes().isEmpty() || activity.isFootprint() ? activity.sizes() : arguments.sizes();
    }

    private void speed(ChainedOptionsBuilder options, Activity activity) {
        TimeValue each = TimeValue.milliseconds(arguments.millis());
        options.include("\\.SpeedBenchmark\\." + activity + "$")
                .warmupIterations(arguments.iterations())
                .warmupTime(each)
                .measurementIterations(arguments.iterations())
                .measurementTime(each)
                .addProfiler(CpuTimeProfiler.class)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Xms1g", "-Xmx1g");
    }

    private static void footprint(ChainedOptionsBuilder options) {
        options.include("\\.FootprintBenchmark\\.keep$")
                .warmupIterations(0)
                .measurementIterations(1)
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC");
    }
}
