package io.serviceresolver.benchmarks;

import io.serviceresolver.benchmarks.http.HttpComparison;
import io.serviceresolver.benchmarks.report.Report;
import io.serviceresolver.benchmarks.sim.TailCommand;
import io.serviceresolver.benchmarks.subject.Subjects;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.runner.RunnerException;

/** Runs the benchmarks and writes their tables: as text, as CSV and as plots. */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Runs them.
     *
     * @param args the directory for the tables and the plots; then {@code tail} and what {@link TailCommand} takes, or
     *     {@code http} and what {@link HttpComparison} takes, or what of speed to measure, all of it by default: whatever is
     *     wrong is answered by what there is
     * @throws RunnerException if JMH could not run
     * @throws IOException if a table cannot be written, or a server cannot be started
     * @throws GeneralSecurityException if there is no TLS
     * @throws ExecutionException if a simulation or a call failed
     * @throws InterruptedException if this thread was interrupted
     */
    public static void main(String... args)
            throws RunnerException, IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        Path directory = Path.of(args[0]);
        List<String> rest = List.of(args).subList(1, args.length);
        List<String> options = rest.subList(Math.min(1, rest.size()), rest.size());
        switch (rest.isEmpty() ? "" : rest.get(0)) {
            case "tail" -> TailCommand.run(directory, options);
            case "http" -> HttpComparison.run(directory, options);
            default -> speed(directory, Arguments.parse(rest));
        }
    }

    private static void speed(Path directory, Arguments arguments) throws RunnerException {
        Subjects subjects = Subjects.load();
        Report report = new Report(subjects);
        if (arguments.with().isPresent()) {
            report.read(arguments.with().get());
        }
        new Plan(arguments, subjects).run(measurements -> {
            report.add(measurements);
            report.write(directory);
        });
        System.out.print(report.text());
    }
}
