package io.serviceresolver.benchmarks.http;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * What came of some seconds of calls.
 *
 * @param perSecond calls in a second
 * @param cpuMicros CPU time of this process for a call
 * @param bytes what all threads of this process allocated for a call
 * @param p50Micros how long half of the calls took at most
 * @param p99Micros how long 99 of 100 took at most
 */
record Round(double perSecond, double cpuMicros, double bytes, double p50Micros, double p99Micros) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * Makes calls, one after another by each of several threads.
     *
     * @param by makes them
     * @param callers how many threads
     * @param nanos how long
     */
    static Round run(Contestant by, int callers, long nanos) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            long cpu = SYSTEM.getProcessCpuTime();
            long allocated = allocated();
            long start = System.nanoTime();
            List<Future<long[]>> all = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                all.add(threads.submit(() -> calls(by, start + nanos)));
            }
            LongStream latencies = LongStream.empty();
            for (Future<long[]> each : all) {
                latencies = LongStream.concat(latencies, Arrays.stream(each.get()));
            }
            long took = System.nanoTime() - start;
            double bytes = allocated() - allocated;
            double used = SYSTEM.getProcessCpuTime() - cpu;
            long[] sorted = latencies.sorted().toArray();
            int count = sorted.length;
            return new Round(
                    count * 1e9 / took,
                    used / 1e3 / count,
                    bytes / count,
                    sorted[count / 2] / 1e3,
                    sorted[(int) (count * 0.99)] / 1e3);
        } finally {
            threads.shutdown();
            // What a thread has allocated is forgotten when it ends: not in the midst of the next round.
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private static long[] calls(Contestant by, long end) throws IOException, InterruptedException {
        LongStream.Builder latencies = LongStream.builder();
        long now = System.nanoTime();
        while (now < end) {
            HttpResponse<String> response = by.client().send(by.request(), BodyHandlers.ofString());
            if (response.statusCode() != 200 || response.body().isEmpty()) {
                throw new IOException("answer: " + response.statusCode() + " (expected: 200 with a body)");
            }
            long then = System.nanoTime();
            latencies.add(then - now);
            now = then;
        }
        return latencies.build().toArray();
    }

    private static long allocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
