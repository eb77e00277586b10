package io.serviceresolver.examples;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a row each time it runs: how many calls each Pod has answered since the row before. */
final class PodRows implements Runnable {

    private final Console console;
    private final Load load;
    private final List<String> pods;

    /** What the row before counted up to. Guarded by the lock of this object. */
    private LoadReport before;

    /** How many rows there were. Guarded by the lock of this object. */
    private int rows;

    /**
     * Prints the heading.
     *
     * @param console where to print
     * @param load what is measured
     * @param pods the names of the Pods, of which the last letters are shown
     */
    PodRows(Console console, Load load, List<String> pods) {
        this.console = console;
        this.load = load;
        this.pods = pods;
        this.before = load.soFar();
        String letters = pods.stream()
                .map(pod -> String.format(Locale.ROOT, "%5s", pod.substring(pod.length() - 1)))
                .collect(Collectors.joining());
        console.line("   time   calls  failed   by Pod %s", letters);
    }

    @Override
    public synchronized void run() {
        LoadReport now = load.soFar();
        String answered = pods.stream()
                .map(pod -> String.format(Locale.ROOT, "%5d", now.of(pod) - before.of(pod)))
                .collect(Collectors.joining());
        console.line("  %3d s  %6d  %6d          %s", ++rows, now.calls(), now.failed(), answered);
        before = now;
    }
}
