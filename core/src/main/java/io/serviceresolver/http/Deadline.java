package io.serviceresolver.http;

import io.serviceresolver.call.Attempts;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A time that is running out. After the resolver was closed, none does. */
final class Deadline {

    /** Never. */
    static final Deadline NONE = new Deadline(new CompletableFuture<>());

    private final CompletableFuture<Void> timer;

    /** Whether nobody cares any more. Written by whoever ended what it was for, before the wait ends. */
    private volatile boolean cancelled;

    private Deadline(CompletableFuture<Void> timer) {
        this.timer = timer;
    }

    /**
     * Begins to run out.
     *
     * @param attempts whose time it is
     * @param limit how long it takes; empty: for ever
     * @param expired is told when it is over, on a thread for callbacks
     */
    static Deadline begin(Attempts attempts, Optional<Duration> limit, Consumer<HttpTimeoutException> expired) {
        if (limit.isEmpty()) {
            return NONE;
        }
        return begin(attempts.pause(limit.get()), limit.get(), expired);
    }

    /** As above, where the wait has begun: what is left of the limit. */
    static Deadline begin(CompletableFuture<Void> timer, Duration limit, Consumer<HttpTimeoutException> expired) {
        Deadline deadline = new Deadline(timer);
        timer.thenRun(() -> {
            if (!deadline.cancelled) {
                expired.accept(over(limit));
            }
        });
        return deadline;
    }

    /** That a time is over. */
    static HttpTimeoutException over(Duration limit) {
        return new HttpTimeoutException("not answered in full within " + TimeUnit.MILLISECONDS.convert(limit) + " ms");
    }

    /** Cheap, as nearly all are cancelled: the wait is completed, since to cancel it makes exceptions with their stacks. */
    void cancel() {
        if (this != NONE) {
            cancelled = true;
            timer.complete(null);
        }
    }
}
