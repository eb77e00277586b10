package io.serviceresolver.k8s;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what comes of lists and watches, until it is closed. What the hearer throws is logged, and given back to it: a
 * defect must not end, without a word, what is kept current. Used by the scheduler's thread.
 */
final class OutcomeGuard<T> implements ListAttempt.Outcome<T>, WatchAttempt.Outcome<T> {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private final Hearer<T> hearer;
    private final String what;
    private boolean closed;

    /** Hears of lists and watches. */
    interface Hearer<T> extends ListAttempt.Outcome<T>, WatchAttempt.Outcome<T> {

        /** It threw this, and what it knows is in doubt. */
        void failed(Throwable problem);
    }

    OutcomeGuard(Hearer<T> hearer, String what) {
        this.hearer = hearer;
        this.what = what;
    }

    /** Lets nothing more through. */
    void close() {
        closed = true;
    }

    /** A task that is guarded too. */
    Runnable task(Runnable task) {
        return () -> guard(task);
    }

    private void guard(Runnable task) {
        if (closed) {
            return;
        }
        try {
            task.run();
        } catch (Throwable e) {
            log.error("{}: an unexpected failure, after which it is listed anew", what, e);
            repair(e);
        }
    }

    private void repair(Throwable problem) {
        try {
            hearer.failed(problem);
        } catch (Throwable e) {
            log.error("{}: another unexpected failure", what, e);
        }
    }

    @Override
    public void listed(String version, List<T> items) {
        guard(() -> hearer.listed(version, items));
    }

    @Override
    public void listFailed(ApiFailure failure) {
        guard(() -> hearer.listFailed(failure));
    }

    @Override
    public void watching() {
        guard(hearer::watching);
    }

    @Override
    public void frames(List<WatchFrame<T>> frames) {
        guard(() -> hearer.frames(frames));
    }

    @Override
    public void watchFailed(ApiFailure failure, Duration lived) {
        guard(() -> hearer.watchFailed(failure, lived));
    }

    @Override
    public void watchDue(WatchAttempt.Due why) {
        guard(() -> hearer.watchDue(why));
    }
}
