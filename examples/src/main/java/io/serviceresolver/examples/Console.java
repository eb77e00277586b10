package io.serviceresolver.examples;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the demo prints: whole lines one after the other, without colours or moving the cursor, so that a log of it
 * reads as a terminal does. Thread-safe.
 */
final class Console {

    static final int WIDTH = 92;

    private final PrintStream out;
    private final Bars bars;

    /**
     * A console whose bars are made of blocks where the character set has them, else of {@code #}.
     *
     * @param out where to print
     * @param charset the character set of what is printed
     */
    Console(PrintStream out, Charset charset) {
        this.out = out;
        this.bars = Bars.in(charset);
    }

    /** The standard output of this process. */
    static Console system() {
        return new Console(System.out, charset());
    }

    /** Java 19 and newer say what the standard output takes; before, it was the platform's character set. */
    private static Charset charset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "US-ASCII"));
        return Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    Bars bars() {
        return bars;
    }

    /** Begins a scene. */
    void title(String text) {
        String start = "== " + text + " ";
        line("");
        line("%s", start + "=".repeat(Math.max(2, WIDTH - start.length())));
    }

    void line(String format, @Nullable Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
        out.flush();
    }
}
