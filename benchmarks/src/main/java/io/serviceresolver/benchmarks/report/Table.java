package io.serviceresolver.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;

/** A section as a table of Markdown: a line for each system. */
final class Table {

    private static final int NAME_WIDTH = 18;

    private final Section section;

    Table(Section section) {
        this.section = section;
    }

    String text() {
        List<Column> columns = columns();
        List<String> titles = columns.stream().map(Column::title).toList();
        List<String> lines = new ArrayList<>();
        lines.add("### " + section.title());
        lines.add("");
        lines.add(line("system", titles));
        lines.add("|:" + "-".repeat(NAME_WIDTH) + "-|"
                + String.join("|", Collections.nCopies(columns.size(), "---------:")) + "|");
        for (Section.Row row : section.rows()) {
            lines.add(line(
                    row.system(),
                    columns.stream().map(column -> column.cell(row)).toList()));
        }
        lines.add("");
        return lines.stream().map(line -> line + System.lineSeparator()).collect(Collectors.joining());
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        if (section.activity().isFootprint()) {
            add(
                    columns,
                    "B",
                    (row, size) -> row.at(size).map(Measurement::bytes).orElse(Double.NaN));
            add(
                    columns,
                    "threads",
                    (row, size) -> row.at(size).map(Measurement::started).orElse(Double.NaN));
            return columns;
        }
        add(columns, "ns", (row, size) -> row.at(size).map(Measurement::nanos).orElse(Double.NaN));
        add(columns, "x", section::ratio);
        if (section.threads() > 1) {
            add(
                    columns,
                    "wall",
                    (row, size) -> row.at(size).map(Measurement::wallNanos).orElse(Double.NaN));
        }
        add(columns, "B", (row, size) -> row.at(size).map(Measurement::bytes).orElse(Double.NaN));
        return columns;
    }

    private void add(List<Column> columns, String unit, ToDoubleBiFunction<Section.Row, Integer> figure) {
        for (int size : section.sizes()) {
            columns.add(new Column(size + " " + unit, size, figure));
        }
    }

    private static String line(String name, List<String> cells) {
        return String.format(Locale.ROOT, "| %-" + NAME_WIDTH + "s|", name)
                + cells.stream()
                        .map(cell -> String.format(Locale.ROOT, "%9s |", cell))
                        .collect(Collectors.joining());
    }

    private record Column(String title, int size, ToDoubleBiFunction<Section.Row, Integer> figure) {

        String cell(Section.Row row) {
            double value = figure.applyAsDouble(row, size);
            if (Double.isNaN(value)) {
                return "";
            }
            String format = value > 0 && value < 0.095 ? "%.3f" : value < 99.95 ? "%.1f" : "%,.0f";
            return String.format(Locale.ROOT, format, value);
        }
    }
}
