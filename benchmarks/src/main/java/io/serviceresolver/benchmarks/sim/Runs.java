package io.serviceresolver.benchmarks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many runs, as many at a time as there are processors. Each has a thread of its own, so that none depends on another. */
final class Runs {

    private Runs() {}

    /** Each scenario with each policy and each seed, in this order whatever ends first. */
    static List<Run> all(List<Scenario> scenarios, List<Policy> policies, List<Long> seeds, Span span)
            throws InterruptedException, ExecutionException {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<Run>> begun = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                for (Policy policy : policies) {
                    for (long seed : seeds) {
                        begun.add(threads.submit(() -> Run.of(scenario, policy, seed, span)));
                    }
                }
            }
            List<Run> ended = new ArrayList<>();
            for (Future<Run> run : begun) {
                ended.add(run.get());
            }
            return ended;
        } finally {
            threads.shutdownNow();
        }
    }
}
