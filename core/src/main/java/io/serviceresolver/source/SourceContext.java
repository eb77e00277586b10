package io.serviceresolver.source;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Topology;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * All that a source may use of the world besides its own connections, so that a test can replace it.
 *
 * @param ticker nanoseconds since some fixed moment, never back: {@code System::nanoTime} outside tests
 * @param scheduler runs tasks now or later, one at a time, on the one thread that also calls
 *     {@link EndpointSource#subscribe}: a task must not block. Its owner shuts it down
 * @param random for jitter
 * @param cluster what names mean here
 * @param topology where this process runs
 */
public record SourceContext(
        LongSupplier ticker,
        ScheduledExecutorService scheduler,
        RandomGenerator random,
        ClusterContext cluster,
        LocalTopology topology) {

    /**
     * A context in which it is not known where this process runs.
     *
     * @param ticker nanoseconds since some fixed moment, never back
     * @param scheduler runs tasks now or later
     * @param random for jitter
     * @param cluster what names mean here
     */
    public SourceContext(
            LongSupplier ticker, ScheduledExecutorService scheduler, RandomGenerator random, ClusterContext cluster) {
        this(ticker, scheduler, random, cluster, new LocalTopology(Topology.UNKNOWN));
    }
}
