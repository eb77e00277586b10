package io.serviceresolver.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What takes time: each method is the activity of the same name. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpeedBenchmark {

    /** Chooses, and counts nothing. */
    @Benchmark
    public Object pick(SubjectState state) {
        return state.subject().pick();
    }

    /** Begins a call, and ends the oldest of 16. */
    @Benchmark
    public Object call(SubjectState state, CallsInFlight calls) {
        return calls.next(state.subject());
    }

    /** The same, among others in flight. */
    @Benchmark
    public Object busy(SubjectState state, StandingCalls standing, CallsInFlight calls) {
        return calls.next(state.subject());
    }

    /** Chooses, while endpoints are replaced. */
    @Benchmark
    public Object during(SubjectState state, StandingUpdates updates) {
        return state.subject().pick();
    }

    /** Replaces one endpoint, and chooses. */
    @Benchmark
    public Object update(SubjectState state) {
        state.subject().update();
        return state.subject().pick();
    }

    /** Finds the selectors that match. */
    @Benchmark
    public Object match(SubjectState state) {
        return state.subject().pick();
    }

    /** Changes the labels of an object. */
    @Benchmark
    public void relabel(SubjectState state) {
        state.subject().update();
    }
}
