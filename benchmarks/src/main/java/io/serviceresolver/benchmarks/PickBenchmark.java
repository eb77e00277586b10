package io.serviceresolver.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** To choose; to choose, begin and end a call; to replace one endpoint. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class PickBenchmark {

    /** The system under test. */
    @Param({"floor-rr"})
    public String system = "floor-rr";

    /** How many endpoints it has. */
    @Param({"10", "100", "1000", "10000"})
    public int endpoints = 10;

    private Subject subject = Floors.roundRobin(1);

    /** Makes the system. */
    @Setup(Level.Trial)
    public void open() {
        subject = Subjects.make(system, endpoints);
    }

    /** Lets go of the system. */
    @TearDown(Level.Trial)
    public void close() {
        subject.close();
    }

    /** Chooses, and counts nothing. */
    @Benchmark
    public Object pick() {
        return subject.pick();
    }

    /** Begins a call, and ends the oldest of 16. */
    @Benchmark
    public Object call(CallsInFlight calls) {
        return calls.next(subject);
    }

    /** Replaces one endpoint, and chooses. */
    @Benchmark
    public Object update() {
        subject.update();
        return subject.pick();
    }
}
