package io.serviceresolver.benchmarks.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Our client and the JDK's by itself, in turn, so that whatever else the machine does meets both. The figures are medians
 * over the rounds; the ratios are medians of the ratios of two rounds that follow each other.
 */
public final class HttpComparison {

    private final int rounds;
    private final int callers;
    private final long nanos;
    private final StringBuilder text = new StringBuilder();

    private HttpComparison(int rounds, int callers, int seconds) {
        this.rounds = rounds;
        this.callers = callers;
        this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    /**
     * Compares them over plain connections and over TLS, and writes a table.
     *
     * @param directory where to write it
     * @param args each optional: how many rounds each has, besides two to warm up; how many threads call; how many seconds a
     *     round is: 15 8 2 by default
     * @throws IOException if a server cannot be started
     * @throws InterruptedException if it is interrupted
     * @throws GeneralSecurityException if there is no TLS
     * @throws ExecutionException if a call failed
     */
    public static void run(Path directory, List<String> args)
            throws IOException, InterruptedException, GeneralSecurityException, ExecutionException {
        Files.createDirectories(directory);
        HttpComparison comparison =
                new HttpComparison(argument(args, 0, 15), argument(args, 1, 8), argument(args, 2, 2));
        ServerKey key = ServerKey.make(directory);
        comparison.head();
        try (ServerProcess plain = ServerProcess.start();
                ServerProcess tls = ServerProcess.start(key.file().toString())) {
            comparison.compare("http", plain.port(), key);
            comparison.compare("https", tls.port(), key);
        }
        Files.writeString(directory.resolve("http.txt"), comparison.text);
        System.out.print(comparison.text);
    }

    private static int argument(List<String> args, int place, int otherwise) {
        return place < args.size() ? Integer.parseInt(args.get(place)) : otherwise;
    }

    private void head() {
        text.append(String.format(
                Locale.ROOT,
                "%-6s %-18s %10s %10s %10s %10s %10s%n",
                "",
                callers + " callers",
                "calls/s",
                "CPU us",
                "bytes",
                "p50 us",
                "p99 us"));
    }

    private void compare(String scheme, int port, ServerKey key) throws InterruptedException, ExecutionException {
        Contestant bare = Contestant.bare(scheme, port, key.context());
        Contestant wrapped = Contestant.wrapped(scheme, port, key.context());
        Contestant exact = Contestant.exact(scheme, port, key.context());
        List<Round> theirs = new ArrayList<>();
        List<Round> ours = new ArrayList<>();
        List<Round> named = new ArrayList<>();
        for (int i = -2; i < rounds; i++) {
            Round their = Round.run(bare, callers, nanos);
            Round our = Round.run(wrapped, callers, nanos);
            Round name = Round.run(exact, callers, nanos);
            if (i >= 0) {
                theirs.add(their);
                ours.add(our);
                named.add(name);
            }
        }
        line(scheme, bare.name(), theirs);
        line(scheme, wrapped.name(), ours);
        ratios(scheme, theirs, ours);
        line(scheme, exact.name(), named);
        ratios(scheme, theirs, named);
    }

    private void line(String scheme, String name, List<Round> all) {
        text.append(String.format(
                Locale.ROOT,
                "%-6s %-18s %10.0f %10.1f %10.0f %10.0f %10.0f%n",
                scheme,
                name,
                median(all, Round::perSecond),
                median(all, Round::cpuMicros),
                median(all, Round::bytes),
                median(all, Round::p50Micros),
                median(all, Round::p99Micros)));
    }

    private void ratios(String scheme, List<Round> theirs, List<Round> ours) {
        text.append(String.format(
                Locale.ROOT,
                "%-6s %-18s %10.3f %10.3f %10.3f %10.3f %10.3f%n",
                scheme,
                "  ratio",
                ratio(theirs, ours, Round::perSecond),
                ratio(theirs, ours, Round::cpuMicros),
                ratio(theirs, ours, Round::bytes),
                ratio(theirs, ours, Round::p50Micros),
                ratio(theirs, ours, Round::p99Micros)));
    }

    private static double ratio(List<Round> theirs, List<Round> ours, ToDoubleFunction<Round> figure) {
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(ours.get(i)) / figure.applyAsDouble(theirs.get(i));
        }
        return median(ratios);
    }

    private static double median(List<Round> all, ToDoubleFunction<Round> figure) {
        return median(all.stream().mapToDouble(figure).toArray());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
