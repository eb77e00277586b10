package io.serviceresolver.benchmarks.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The command {@code tail}. */
public final class TailCommand {

    private static final Pattern COMMA = Pattern.compile(",");
    private static final String ALL = "all";
    private static final List<Long> TUNING_SEEDS = List.of(42L, 43L);

    private TailCommand() {}

    /**
     * Checks the simulation against theory, runs it, prints {@code tail.txt}, and writes it, {@code tail.csv} and, where the
     * oracle is among the policies, {@code tail.svg}. All processors are used.
     *
     * @param directory where they are written
     * @param args each optional: scenarios, policies, and seeds, separated by commas; {@code all} for all scenarios or
     *     policies
     * @throws IOException if they cannot be written
     * @throws ExecutionException if a run failed
     * @throws InterruptedException if this thread was interrupted
     */
    public static void run(Path directory, List<String> args)
            throws IOException, ExecutionException, InterruptedException {
        List<Scenario> scenarios = chosen(args, 0, Scenarios.all(), Scenarios::find);
        List<Policy> policies = chosen(args, 1, Policies.all(), Policies::find);
        List<Long> seeds = chosen(args, 2, TUNING_SEEDS, Long::valueOf);
        List<String> checks = Runs.inParallel(TheoryCheck.all(), check -> check.verify(seeds.get(0), TheoryCheck.LONG));
        Results results = new Results(Runs.all(scenarios, policies, seeds, Span.STANDARD));
        String text = new Report(checks, results).text();
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("tail.txt"), text);
        Files.writeString(directory.resolve("tail.csv"), results.csv());
        if (results.policies().contains(Policies.ORACLE)) {
            Files.writeString(directory.resolve("tail.svg"), new Plot(results).svg());
        }
        System.out.print(text);
    }

    private static <T> List<T> chosen(List<String> args, int place, List<T> all, Function<String, T> reader) {
        String names = args.size() > place ? args.get(place) : ALL;
        return names.equals(ALL) ? all : COMMA.splitAsStream(names).map(reader).toList();
    }
}
