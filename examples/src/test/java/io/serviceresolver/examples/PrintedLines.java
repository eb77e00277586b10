package io.serviceresolver.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A console whose lines a test can wait for. */
final class PrintedLines extends OutputStream {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Console console() {
        return new Console(new PrintStream(this, true, UTF_8), UTF_8);
    }

    @Override
    public synchronized void write(int character) {
        if (character == '\n') {
            lines.add(line.toString(UTF_8));
            line.reset();
        } else if (character != '\r') {
            line.write(character);
        }
    }

    /** Waits for a line that begins so. */
    String await(String start) throws InterruptedException {
        List<String> others = new ArrayList<>();
        while (true) {
            String next = lines.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no line begins with '" + start + "', but there were: " + others);
            }
            if (next.startsWith(start)) {
                return next;
            }
            others.add(next);
        }
    }

    /** All lines that were printed and not waited for. */
    String rest() {
        List<String> rest = new ArrayList<>();
        lines.drainTo(rest);
        return String.join("\n", rest);
    }
}
