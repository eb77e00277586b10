package io.serviceresolver.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.benchmarks.subject.Activity;
import io.serviceresolver.benchmarks.subject.Subjects;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** What is written is what was measured. */
class ReportTest {

    private static final List<Measurement> MEASURED = List.of(
            pick("rr", 10, 7.5), pick("floor-rr", 10, 5), pick("rr", 1_000, 15), pick("floor-rr", 1_000, 5), heap());

    private static Measurement pick(String system, int size, double nanos) {
        return new Measurement(Activity.PICK, system, size, 1, nanos, 20, 9.25, 0, Double.NaN);
    }

    private static Measurement heap() {
        return new Measurement(Activity.HEAP, "rr", 10_000, 1, Double.NaN, Double.NaN, Double.NaN, 12_345, 1);
    }

    private static Report report(List<Measurement> measurements) {
        Report report = new Report(Subjects.load());
        report.add(measurements);
        return report;
    }

    @Test
    void aTableShowsTimeItsRatioToTheFloorAndBytes() {
        assertThat(report(MEASURED).text().lines().map(line -> line.replace(" ", "")))
                .containsSubsequence(
                        "###Tochooseanendpoint",
                        "|system|10ns|1000ns|10x|1000x|10B|1000B|",
                        "|floor-rr|5.0|5.0|1.0|1.0|0.0|0.0|",
                        "|rr|7.5|15.0|1.5|3.0|0.0|0.0|",
                        "|rr|12,345|1.0|");
    }

    @Test
    void whatIsReadAgainIsWhatWasWritten(@TempDir Path directory) throws IOException {
        Report report = report(MEASURED);
        report.write(directory);
        Report again = report(List.of());
        again.read(directory.resolve("benchmarks.csv"));
        assertThat(again.csv()).isEqualTo(report.csv()).hasLineCount(1 + MEASURED.size());
        assertThat(directory.resolve("benchmarks.txt")).hasContent(report.text());
    }

    @Test
    void theBestOfTwoRunsCounts() {
        assertThat(report(List.of(pick("rr", 10, 7.5), pick("rr", 10, 6.5))).csv())
                .contains("pick,rr,10,1,6.50,20.00,9.25,0.00,")
                .doesNotContain("7.50");
    }

    @Test
    void aPlotIsXmlWithADotForEachMeasurement(@TempDir Path directory) throws Exception {
        report(MEASURED).write(directory);
        String svg = Files.readString(directory.resolve("pick.svg"));
        int dots = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagName("circle")
                .getLength();
        assertThat(dots).isEqualTo(4);
    }
}
