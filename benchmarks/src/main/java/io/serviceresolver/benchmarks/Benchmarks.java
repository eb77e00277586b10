package io.serviceresolver.benchmarks;

import io.serviceresolver.benchmarks.sim.TailCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks and writes one table of all results, as text and as CSV. */
public final class Benchmarks {

    private static final Pattern COMMA = Pattern.compile(",");

    private Benchmarks() {}

    /**
     * Runs them.
     *
     * @param args the directory for the tables; then {@code tail} and what {@link TailCommand} takes; or, each optional: which benchmarks ({@code
     *     pick,call,update}), which systems, numbers of endpoints, numbers of threads; seconds for each case
     * @throws RunnerException if JMH could not run
     * @throws IOException if a table cannot be written
     * @throws ExecutionException if a simulation failed
     * @throws InterruptedException if this thread was interrupted
     */
    public static void main(String... args)
            throws RunnerException, IOException, ExecutionException, InterruptedException {
        Path directory = Path.of(argument(args, 0, "target"));
        if (argument(args, 1, "").equals("tail")) {
            TailCommand.run(directory, List.of(args).subList(2, args.length));
            return;
        }
        List<String> which = list(argument(args, 1, "pick,call,update"));
        List<String> systems = list(argument(args, 2, String.join(",", Subjects.names())));
        List<String> counts = list(argument(args, 3, "10,100,1000,10000"));
        int seconds = Integer.parseInt(argument(args, 5, "5"));
        List<Result> results = new ArrayList<>();
        for (String number : list(argument(args, 4, "1,2"))) {
            Plan plan = new Plan(which, systems, counts, Integer.parseInt(number), seconds);
            plan.run().forEach(run -> results.add(Result.of(run)));
        }
        Table table = new Table(results);
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("benchmarks.txt"), table.text());
        Files.writeString(directory.resolve("benchmarks.csv"), table.csv());
        System.out.print(table.text());
    }

    private static String argument(String[] args, int place, String otherwise) {
        return args.length > place ? args[place] : otherwise;
    }

    private static List<String> list(String text) {
        return List.of(COMMA.split(text));
    }

    private record Plan(List<String> which, List<String> systems, List<String> counts, int threads, int seconds) {

        Collection<RunResult> run() throws RunnerException {
            ChainedOptionsBuilder options = new OptionsBuilder()
                    .param("system", systems.toArray(String[]::new))
                    .param("endpoints", counts.toArray(String[]::new))
                    .threads(threads)
                    .forks(1)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.seconds(Math.max(1, seconds / 2)))
                    .measurementIterations(seconds)
                    .measurementTime(TimeValue.seconds(1))
                    .addProfiler(GCProfiler.class)
                    .jvmArgsAppend("-Xms1g", "-Xmx1g");
            for (String name : which) {
                // One thread makes the updates in our library, whatever the number of threads that pick.
                if (!name.equals("update") || threads == 1) {
                    options.include("PickBenchmark\\." + name + "$");
                }
            }
            return new Runner(options.build()).run();
        }
    }
}
