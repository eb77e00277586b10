package io.serviceresolver.benchmarks.sim;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The tail as a picture (SVG): a row for each scenario, a dot for each policy, how many times the limit it takes.
 *
 * @param results what came of the runs, the oracle's among them
 */
record Plot(Results results) {

    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555", "#b2182b", "#8c6bb1");

    private static final int ROW = 17;
    private static final int TOP = 64;
    private static final int NAMES = 70;
    private static final int PANEL = 400;
    private static final int GAP = 30;
    private static final int LEGEND = 104;

    /** The right edge: so many times the limit, and all beyond it. */
    private static final double MOST = 300;

    private static final List<Integer> MARKS = List.of(1, 2, 5, 10, 30, 100, 300);

    String svg() {
        int width = NAMES + 2 * PANEL + 2 * GAP;
        String size = String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                width,
                bottom() + 30);
        return size + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n" + legend() + rows()
                + panel("p99, times the limit", Figure.P99, NAMES)
                + panel("p99.9, times the limit", Figure.P999, NAMES + PANEL + GAP)
                + "</svg>\n";
    }

    private List<String> policies() {
        return results.policies().stream()
                .filter(name -> !name.equals(Policies.ORACLE))
                .toList();
    }

    private int bottom() {
        return TOP + ROW * results.scenarios().size();
    }

    private static String colour(int policy) {
        return COLOURS.get(policy % COLOURS.size());
    }

    private String legend() {
        StringBuilder text = new StringBuilder();
        List<String> names = policies();
        for (int i = 0; i < names.size(); i++) {
            int x = NAMES + i * LEGEND;
            text.append(dots("M" + x + " 16h0", colour(i))).append(label(x + 10, 20, "start", names.get(i)));
        }
        return text.toString();
    }

    private String rows() {
        StringBuilder text = new StringBuilder();
        List<String> names = results.scenarios();
        for (int i = 0; i < names.size(); i++) {
            int y = TOP + i * ROW;
            if (i % 2 == 0) {
                text.append(String.format("<rect y=\"%d\" width=\"100%%\" height=\"%d\" fill=\"#f4f4f4\"/>%n", y, ROW));
            }
            text.append(label(NAMES - 12, y + 13, "end", names.get(i)));
        }
        return text.toString();
    }

    private String panel(String title, Figure figure, int left) {
        String grid = MARKS.stream()
                .map(mark -> String.format(
                                Locale.ROOT,
                                "<path d=\"M%.0f %dV%d\" stroke=\"#ccc\"/>%n",
                                left + across(mark),
                                TOP,
                                bottom())
                        + label(left + (int) across(mark), bottom() + 16, "middle", Integer.toString(mark)))
                .collect(Collectors.joining());
        StringBuilder text = new StringBuilder(label(left, TOP - 14, "start", title)).append(grid);
        List<String> names = policies();
        // The first one is drawn last, so that it is on top.
        for (int i = names.size() - 1; i >= 0; i--) {
            text.append(dots(path(names.get(i), figure, left), colour(i)));
        }
        return text.toString();
    }

    private String path(String policy, Figure figure, int left) {
        StringBuilder path = new StringBuilder();
        List<String> names = results.scenarios();
        for (int i = 0; i < names.size(); i++) {
            double times = results.ratio(names.get(i), policy, Policies.ORACLE, figure);
            path.append(String.format(Locale.ROOT, "M%.1f %.1fh0", left + across(times), TOP + (i + 0.5) * ROW));
        }
        return path.toString();
    }

    /** How far to the right so many times the limit is. */
    private static double across(double times) {
        double share = Math.log(Math.min(MOST, Math.max(1, times))) / Math.log(MOST);
        return share * PANEL;
    }

    private static String dots(String path, String colour) {
        return "<path d=\"" + path + "\" stroke=\"" + colour
                + "\" stroke-width=\"8\" stroke-linecap=\"round\" stroke-opacity=\"0.85\" fill=\"none\"/>\n";
    }

    private static String label(int x, int y, String anchor, String text) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\">" + text + "</text>\n";
    }
}
