package io.serviceresolver.benchmarks;

import io.serviceresolver.benchmarks.report.Report;
import io.serviceresolver.benchmarks.subject.Subjects;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Runs the benchmarks and writes one table of all results: as text, as CSV and as plots. */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Runs them.
     *
     * @param args the directory for the tables and the plots; then what to measure, all of it by default: whatever is wrong
     *     is answered by what there is
     * @throws RunnerException if JMH could not run
     * @throws java.io.UncheckedIOException if a table cannot be read or written
     */
    public static void main(String... args) throws RunnerException {
        Path directory = Path.of(args[0]);
        Arguments arguments = Arguments.parse(List.of(args).subList(1, args.length));
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
