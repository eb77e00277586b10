package io.serviceresolver.benchmarks.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Many runs, as many at a time as there are processors. Each is a matter of one thread, so that none depends on another. */
final class Runs {

    private Runs() {}

    private record Case(Scenario scenario, Policy policy, long seed) {}

    /** Each scenario with each policy and each seed. */
    static List<Run> all(List<Scenario> scenarios, List<Policy> policies, List<Long> seeds, Span span)
            throws InterruptedException, ExecutionException {
        List<Case> cases = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            for (Policy policy : policies) {
                seeds.forEach(seed -> cases.add(new Case(scenario, policy, seed)));
            }
        }
        return inParallel(cases, one -> Run.of(one.scenario(), one.policy(), one.seed(), span));
    }

    /** What comes of each, in their order. */
    static <T, R> List<R> inParallel(List<T> all, Function<T, R> work) throws InterruptedException, ExecutionException {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<R>> begun = all.stream()
                    .map(one -> threads.submit(() -> work.apply(one)))
                    .toList();
            List<R> ended = new ArrayList<>();
            for (Future<R> run : begun) {
                ended.add(run.get());
            }
            return ended;
        } finally {
            threads.shutdownNow();
        }
    }
}
