package io.serviceresolver;

import io.serviceresolver.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text in aligned columns. What is not printable is escaped; a column without any text below its head is left out. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... heads) {
        row(heads);
    }

    void row(String... cells) {
        rows.add(List.of(cells).stream().map(Printable::of).toList());
    }

    /** The rows, without blanks at their ends. */
    List<String> lines() {
        List<Integer> widths =
                IntStream.range(0, rows.get(0).size()).mapToObj(this::width).toList();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private int width(int column) {
        boolean empty = rows.stream().skip(1).allMatch(row -> row.get(column).isEmpty());
        return empty
                ? 0
                : rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String line(List<String> row, List<Integer> widths) {
        return IntStream.range(0, row.size())
                .filter(column -> widths.get(column) > 0)
                .mapToObj(column -> padded(row.get(column), widths.get(column)))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }
}
