package io.serviceresolver.benchmarks;

import io.serviceresolver.benchmarks.subject.Subject;
import io.serviceresolver.benchmarks.subject.Subjects;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a system keeps: the heap after full collections with it, less the same without. */
@BenchmarkMode(Mode.SingleShotTime)
@State(Scope.Benchmark)
public class FootprintBenchmark {

    private static final int COLLECTIONS = 5;

    /** Which system. */
    @Param({"floor-rr"})
    public String system = "floor-rr";

    /** How many endpoints it has. */
    @Param({"10000"})
    public int size = 10_000;

    /** What is kept, of which the second figure is read by the harness too. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Kept {

        /** Bytes of heap for each endpoint. */
        public double heap;

        /** Threads that were started. */
        public long threads;
    }

    /** Makes the system, with one call on each endpoint, and looks at what is there more than before. */
    @Benchmark
    public Object keep(Kept kept) {
        IntFunction<? extends Subject> factory = Subjects.load().find(system).factory();
        callEach(factory.apply(1)).close();
        long heapBefore = heap();
        long threadsBefore = threads();
        Subject subject = callEach(factory.apply(size));
        kept.heap = (double) (heap() - heapBefore) / size;
        kept.threads = threads() - threadsBefore;
        return subject;
    }

    private Subject callEach(Subject subject) {
        for (int i = 0; i < size; i++) {
            subject.end(subject.begin());
        }
        return subject;
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
