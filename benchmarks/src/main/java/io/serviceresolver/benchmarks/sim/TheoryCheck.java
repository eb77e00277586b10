package io.serviceresolver.benchmarks.sim;

import java.util.List;
import java.util.Locale;

/**
 * A case in which the mean is known from theory, to see that the simulation is right before it is believed. Calls that are
 * spread at random over 100 servers make 100 independent queues with Poisson arrivals.
 *
 * @param name the name of the queue
 * @param scenario the same as a scenario
 * @param policy how calls are spread
 * @param expectedMillis the mean latency by theory
 */
record TheoryCheck(String name, Scenario scenario, String policy, double expectedMillis) {

    /** Long queues last: it takes more than a million calls to know their mean. */
    static final Span LONG = Span.ofSeconds(5, 5, 205);

    private static final double LOAD = 0.7;
    private static final double MEAN_MILLIS = Scenario.SERVICE_TIME.toMillis();

    /** How far off the mean may be: the calls of one run scatter by less. */
    private static final double TOLERANCE = 0.03;

    /** The four of them. */
    static List<TheoryCheck> all() {
        return List.of(
                new TheoryCheck(
                        "M/M/1", scenario(Shape.EXPONENTIAL, 1), "random", pollaczekKhinchine(Shape.EXPONENTIAL)),
                new TheoryCheck(
                        "M/G/1 log-normal (Pollaczek-Khinchine)",
                        scenario(Shape.LOG_NORMAL, 1),
                        "random",
                        pollaczekKhinchine(Shape.LOG_NORMAL)),
                new TheoryCheck("M/M/4 (Erlang C)", scenario(Shape.EXPONENTIAL, 4), "random", erlangC(4)),
                new TheoryCheck(
                        "two choices, M/M/1 (Mitzenmacher)", scenario(Shape.EXPONENTIAL, 1), "p2c", mitzenmacher()));
    }

    private static Scenario scenario(Shape shape, int workers) {
        return Scenario.of("theory", "as theory has it", 1)
                .shape(shape)
                .servers(100, workers)
                .load(LOAD);
    }

    /** Service and wait in a queue of one server: W = load E[S^2] / (2 E[S] (1 - load)). */
    private static double pollaczekKhinchine(Shape shape) {
        return MEAN_MILLIS * (1 + LOAD * shape.secondMoment() / (2 * (1 - LOAD)));
    }

    /** Service and wait in a queue of some workers. */
    private static double erlangC(int workers) {
        double offered = LOAD * workers;
        double term = 1;
        double sum = 0;
        for (int i = 0; i < workers; i++) {
            sum += term;
            term *= offered / (i + 1);
        }
        double all = term / (1 - LOAD);
        double waits = all / (sum + all);
        return MEAN_MILLIS * (1 + waits / (workers * (1 - LOAD)));
    }

    /** The mean time in a system of infinitely many servers: the sum of load^(2^i - 2). */
    private static double mitzenmacher() {
        double sum = 0;
        for (int i = 1; i < 10; i++) {
            sum += Math.pow(LOAD, Math.pow(2, i) - 2);
        }
        return MEAN_MILLIS * sum;
    }

    /** What a run says. */
    double measuredMillis(long seed, Span span) {
        return Simulation.run(scenario, Policies.find(policy), seed, span)
                .after()
                .meanMillis();
    }

    /**
     * Runs it.
     *
     * @return a line that says how it went
     * @throws IllegalStateException if the simulation is off
     */
    String verify(long seed, Span span) {
        double measured = measuredMillis(seed, span);
        String line =
                String.format(Locale.ROOT, "%-42s mean %.2f ms, by theory %.2f ms", name, measured, expectedMillis);
        if (Math.abs(measured / expectedMillis - 1) > TOLERANCE) {
            throw new IllegalStateException(line);
        }
        return line;
    }
}
