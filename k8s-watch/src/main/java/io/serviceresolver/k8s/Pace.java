package io.serviceresolver.k8s;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Has answers given at once, but not more often than every 20 ms. Used by the scheduler's thread. */
final class Pace {

    private static final Duration BETWEEN_ANSWERS = Duration.ofMillis(20);

    private final Loop loop;
    private final BooleanSupplier give;
    private long givenNanos;
    private @Nullable Future<?> later;
    private boolean closed;

    /**
     * Prepares it.
     *
     * @param loop the scheduler
     * @param give gives the answers: whether there were any to give
     */
    Pace(Loop loop, BooleanSupplier give) {
        this.loop = loop;
        this.give = give;
        this.givenNanos = loop.now() - BETWEEN_ANSWERS.toNanos();
    }

    /** Answers are to be given, now or as soon as enough time has passed since the last time. */
    void request() {
        if (closed || later != null) {
            return;
        }
        Duration wait = BETWEEN_ANSWERS.minusNanos(loop.now() - givenNanos);
        if (wait.isNegative() || wait.isZero()) {
            now();
        } else {
            later = loop.after(wait, () -> {
                later = null;
                now();
            });
        }
    }

    void close() {
        closed = true;
        if (later != null) {
            later.cancel(false);
        }
    }

    private void now() {
        long at = loop.now();
        if (give.getAsBoolean()) {
            givenNanos = at;
        }
    }
}
