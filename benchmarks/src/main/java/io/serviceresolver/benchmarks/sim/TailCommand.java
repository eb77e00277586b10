package io.serviceresolver.benchmarks.sim;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/** The command {@code tail}. */
public final class TailCommand {

    private static final Pattern COMMA = Pattern.compile(",");
    private static final String ALL = "all";

    private TailCommand() {}

    /**
     * Runs simulations and writes {@code tail.txt}, {@code tail.csv} and {@code tail.svg}.
     *
     * @param directory where they are written
     * @param args each optional: scenarios, policies, and seeds, separated by commas; {@code all} for all
     * @throws IOException if they cannot be written
     */
    public static void run(Path directory, List<String> args) throws IOException {
        List<Scenario> scenarios = names(args, 0).isEmpty()
                ? Scenarios.all()
                : names(args, 0).stream().map(Scenarios::find).toList();
        List<Policy> policies = names(args, 1).isEmpty()
                ? Policies.all()
                : names(args, 1).stream().map(Policies::find).toList();
        List<Long> seeds = names(args, 2).isEmpty()
                ? List.of(42L, 43L)
                : names(args, 2).stream().map(Long::valueOf).toList();
        List<String> checks = TheoryCheck.all().stream()
                .map(check -> check.verify(seeds.get(0), TheoryCheck.LONG))
                .toList();
        try {
            List<Run> runs = Runs.all(scenarios, policies, seeds, Span.STANDARD);
            checks.forEach(System.out::println);
            runs.forEach(System.out::println);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(List<String> args, int place) {
        return args.size() <= place || args.get(place).equals(ALL) ? List.of() : List.of(COMMA.split(args.get(place)));
    }
}
