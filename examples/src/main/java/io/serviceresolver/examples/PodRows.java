package io.serviceresolver.examples;

import java.util.List;
import java.util.Locale;

/** Prints a row each time it runs: how many calls each Pod has answered since the row before. Run by one thread at a time. */
final class PodRows implements Runnable {

    private final Console console;
    private final Load load;
    private final List<String> pods;
    private LoadReport before;
    private int seconds;

    /**
     * Prints the heading: the last letter of each Pod's name.
     *
     * @param console where to print
     * @param load what is measured
     * @param pods the names of the Pods
     */
    PodRows(Console console, Load load, List<String> pods) {
        this.console = console;
        this.load = load;
        this.pods = pods;
        this.before = load.soFar();
        StringBuilder heading = new StringBuilder("  time  calls  failed   answered by ");
        pods.forEach(pod -> heading.append(String.format(Locale.ROOT, "%5s", pod.substring(pod.length() - 2))));
        console.line("%s", heading);
    }

    @Override
    public synchronized void run() {
        LoadReport now = load.soFar();
        StringBuilder row = new StringBuilder();
        pods.forEach(pod -> row.append(String.format(Locale.ROOT, "%5d", now.of(pod) - before.of(pod))));
        console.line("  %2d s  %5d  %6d               %s", ++seconds, now.calls(), now.failed(), row);
        before = now;
    }
}
