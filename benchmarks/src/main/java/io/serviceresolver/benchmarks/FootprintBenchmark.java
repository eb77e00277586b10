package io.serviceresolver.benchmarks;

import io.serviceresolver.benchmarks.subject.Competitor;
import io.serviceresolver.benchmarks.subject.Subject;
import io.serviceresolver.benchmarks.subject.Subjects;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
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

    /** Enough to load all classes, and too few to fill what a library caches for the whole process. */
    private static final int FEW = 10;

    private static final int LEAST_COLLECTIONS = 5;
    private static final int MOST_COLLECTIONS = 20;

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
        Competitor competitor = Subjects.load().find(system);
        called(competitor, FEW).close();
        long heapBefore = heap();
        long threadsBefore = threads();
        Subject subject = called(competitor, size);
        kept.heap = (double) (heap() - heapBefore) / size;
        kept.threads = threads() - threadsBefore;
        return subject;
    }

    private Subject called(Competitor competitor, int endpoints) {
        Subject subject = competitor.factory().apply(endpoints);
        for (int i = 0; i < size; i++) {
            subject.end(subject.begin());
        }
        return subject;
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** What is used when collecting does not make it less. */
    private static long heap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < MOST_COLLECTIONS; i++) {
            memory.gc();
            long now = memory.getHeapMemoryUsage().getUsed();
            if (i >= LEAST_COLLECTIONS && now >= used) {
                break;
            }
            used = now;
        }
        return used;
    }
}
