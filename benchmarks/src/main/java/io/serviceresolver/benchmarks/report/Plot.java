package io.serviceresolver.benchmarks.report;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A section as a picture (SVG): a line for each system, a dot on it for each number of endpoints, the larger the more, on
 * a logarithmic axis.
 */
final class Plot {

    private static final int LEFT = 150;
    private static final int WIDTH = 560;
    private static final int TOP = 44;
    private static final int LINE = 18;

    private final Section section;
    private final double lowest;
    private final double decades;

    Plot(Section section) {
        this.section = section;
        this.lowest = Math.floor(Math.log10(Math.max(
                1,
                section.rows().stream()
                        .flatMap(row -> row.measurements().stream())
                        .mapToDouble(Measurement::figure)
                        .min()
                        .orElse(1))));
        double highest = Math.ceil(Math.log10(section.rows().stream()
                .flatMap(row -> row.measurements().stream())
                .mapToDouble(Measurement::figure)
                .max()
                .orElse(10)));
        this.decades = Math.max(1, highest - lowest);
    }

    String svg() {
        int height = TOP + LINE * section.rows().size() + 10;
        StringBuilder svg = new StringBuilder(format(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">
                <rect width="100%%" height="100%%" fill="#fff"/>
                <text x="8" y="16" font-size="13">%s (%s; dots: %s)</text>
                """,
                LEFT + WIDTH + 40,
                height,
                section.title(),
                section.activity().isFootprint() ? "bytes" : "CPU time, ns",
                section.sizes().stream().map(size -> format("%,d", size)).collect(Collectors.joining(" to "))));
        for (int decade = 0; decade <= decades; decade++) {
            double x = LEFT + WIDTH * decade / decades;
            svg.append(format("""
                    <path d="M%.0f %d V%d" stroke="#ddd"/><text x="%.0f" y="%d" fill="#666" text-anchor="middle">%,.0f</text>
                    """, x, TOP - 6, height - 6, x, TOP - 10, Math.pow(10, lowest + decade)));
        }
        for (int i = 0; i < section.rows().size(); i++) {
            draw(svg, section.rows().get(i), TOP + LINE * i + LINE / 2);
        }
        return svg.append("</svg>").append(System.lineSeparator()).toString();
    }

    private void draw(StringBuilder svg, Section.Row row, int y) {
        svg.append(format(
                """
                <text x="%d" y="%d" text-anchor="end">%s</text>
                <path d="M%.1f %d H%.1f" stroke="%s" stroke-opacity="0.5"/>
                """,
                LEFT - 12,
                y + 4,
                row.system(),
                row.measurements().stream().mapToDouble(this::x).min().orElse(LEFT),
                y,
                row.measurements().stream().mapToDouble(this::x).max().orElse(LEFT),
                row.colour()));
        for (Measurement measurement : row.measurements()) {
            double radius = 3 + section.sizes().indexOf(measurement.size());
            svg.append(format("""
                    <circle cx="%.1f" cy="%d" r="%.0f" fill="%s" fill-opacity="0.7"/>
                    """, x(measurement), y, radius, row.colour()));
        }
    }

    private double x(Measurement measurement) {
        return LEFT + WIDTH * Math.max(0, Math.log10(measurement.figure()) - lowest) / decades;
    }

    private static String format(String template, Object... values) {
        return String.format(Locale.ROOT, template, values);
    }
}
