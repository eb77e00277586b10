package io.serviceresolver.benchmarks.sim;

import io.serviceresolver.call.Lease;

/** One client: it chooses where its calls go, and knows how its own calls ended. */
interface Client extends AutoCloseable {

    /** Chooses a server for a call that begins now; the lease is told how the call ended. */
    Lease acquire();

    /** Does something now, or as soon as the client can do anything at all. */
    default void whenAwake(Runnable task) {
        task.run();
    }

    @Override
    default void close() {}
}
