package io.serviceresolver;

import io.serviceresolver.endpoint.EndpointSet;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the newest set to a user's listener, one at a time, on the executor for callbacks. */
final class SetListener {

    private static final Logger log = LoggerFactory.getLogger(SetListener.class);

    private final Consumer<EndpointSet> listener;
    private final Executor executor;

    /** The newest set, from when it is offered until the listener has taken it. */
    private final AtomicReference<@Nullable EndpointSet> newest = new AtomicReference<>();

    /** Written by whoever ends it. */
    private volatile boolean ended;

    SetListener(Consumer<EndpointSet> listener, Executor executor) {
        this.listener = listener;
        this.executor = executor;
    }

    void offer(EndpointSet set) {
        if (newest.getAndSet(set) == null) {
            try {
                executor.execute(this::drain);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                newest.set(null);
                log.debug("a listener misses version {}: there is no thread for it", set.version(), e);
            }
        }
    }

    /** Hears nothing new from now on. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    private void drain() {
        EndpointSet set;
        do {
            set = Objects.requireNonNull(newest.get());
            try {
                if (!ended) {
                    listener.accept(set);
                }
            } catch (RuntimeException | Error e) {
                log.warn("a listener failed", e);
            }
        } while (!newest.compareAndSet(set, null));
    }
}
