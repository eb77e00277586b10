package io.serviceresolver.examples;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws numbers as bars of text. Immutable. */
final class Bars {

    private static final int WIDTH = 40;

    private final String full;
    private final String empty;

    private Bars(String full, String empty) {
        this.full = full;
        this.empty = empty;
    }

    /** Bars of blocks where the character set has them, else of {@code #}. */
    static Bars in(Charset charset) {
        boolean blocks = charset.canEncode() && charset.newEncoder().canEncode("\u2588\u2591");
        return blocks ? new Bars("\u2588", "\u2591") : new Bars("#", ".");
    }

    /**
     * A line for each number: its name, a bar as long as its share of the greatest number, the number and its percentage
     * of the sum.
     */
    List<String> of(Map<String, Long> numbers) {
        long sum = numbers.values().stream().mapToLong(Long::longValue).sum();
        long greatest =
                numbers.values().stream().mapToLong(Long::longValue).max().orElse(0);
        int names = numbers.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        numbers.forEach((name, number) -> {
            String bar = full.repeat(length(number, greatest, WIDTH));
            String row = "  %-" + (names + 1) + "s %-" + (WIDTH + 1) + "s %6d  %5.1f %%";
            lines.add(String.format(Locale.ROOT, row, name, bar, number, percent(number, sum)));
        });
        return lines;
    }

    /** A bar of a fixed width, filled as far as the part is of the whole; empty where there is no whole. */
    String gauge(long part, long whole, int width) {
        int filled = length(part, whole, width);
        return full.repeat(filled) + empty.repeat(width - filled);
    }

    /** Something is drawn for whatever is more than nothing. */
    private static int length(long part, long whole, int width) {
        long length = whole == 0 ? 0 : Math.round((double) width * part / whole);
        return (int) Math.min(width, part > 0 ? Math.max(1, length) : 0);
    }

    static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }
}
