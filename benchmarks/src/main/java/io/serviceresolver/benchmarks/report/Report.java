package io.serviceresolver.benchmarks.report;

import io.serviceresolver.benchmarks.subject.Activity;
import io.serviceresolver.benchmarks.subject.Competitor;
import io.serviceresolver.benchmarks.subject.Subjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All measurements, and what is written of them. */
public final class Report {

    private final Map<String, Measurement> measurements = new LinkedHashMap<>();
    private final Subjects subjects;

    /**
     * A report of nothing yet.
     *
     * @param subjects the systems, in the order in which they are to appear
     */
    public Report(Subjects subjects) {
        this.subjects = subjects;
    }

    /**
     * Adds measurements.
     *
     * @param more of a case measured more than once, the best counts
     */
    public void add(Collection<Measurement> more) {
        more.forEach(one -> measurements.merge(one.subject(), one, Measurement::orBetter));
    }

    /**
     * Adds the measurements of an earlier run.
     *
     * @param csv the file
     */
    public void read(Path csv) {
        try (Stream<String> lines = Files.lines(csv)) {
            add(lines.skip(1).map(Measurement::parse).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the table and the plots.
     *
     * @param directory where to; it need not exist
     */
    public void write(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("benchmarks.txt"), text());
            Files.writeString(directory.resolve("benchmarks.csv"), csv());
            for (Section section : sections()) {
                Files.writeString(directory.resolve(section.name() + ".svg"), new Plot(section).svg());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All tables, in Markdown. */
    public String text() {
        return sections().stream().map(section -> new Table(section).text()).collect(Collectors.joining());
    }

    /** All measurements, a line for each. */
    public String csv() {
        return Stream.concat(
                        Stream.of(Measurement.HEAD),
                        measurements.values().stream().map(Measurement::csv))
                .map(line -> line + System.lineSeparator())
                .collect(Collectors.joining());
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        for (Activity activity : Activity.values()) {
            for (int threads : activity.threads()) {
                List<Section.Row> rows = subjects.in(activity).stream()
                        .map(competitor -> row(competitor, activity, threads))
                        .filter(row -> !row.measurements().isEmpty())
                        .toList();
                if (!rows.isEmpty()) {
                    sections.add(new Section(activity, threads, rows));
                }
            }
        }
        return sections;
    }

    private Section.Row row(Competitor competitor, Activity activity, int threads) {
        return new Section.Row(
                competitor.name(),
                competitor.floor(activity),
                switch (competitor.team()) {
                    case FLOOR -> "#777777";
                    case OURS -> "#1a66cc";
                    case PEER -> "#cc6a1a";
                },
                measurements.values().stream()
                        .filter(one -> one.activity() == activity
                                && one.threads() == threads
                                && one.system().equals(competitor.name()))
                        .sorted(Comparator.comparing(Measurement::size))
                        .toList());
    }
}
