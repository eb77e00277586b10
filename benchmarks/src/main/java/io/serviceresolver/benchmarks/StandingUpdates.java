package io.serviceresolver.benchmarks;

import io.serviceresolver.benchmarks.subject.Subject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A thread that replaces an endpoint a hundred times a second. */
@State(Scope.Benchmark)
public class StandingUpdates {

    private static final long PERIOD_MILLIS = 10;

    private final CountDownLatch end = new CountDownLatch(1);
    private @Nullable Thread thread;

    /**
     * Starts it.
     *
     * @param state the system
     */
    @Setup(Level.Trial)
    public void start(SubjectState state) {
        Thread started = new Thread(() -> updateUntilTheEnd(state.subject()), "updates");
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    private void updateUntilTheEnd(Subject subject) {
        try {
            while (!end.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                subject.update();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends it.
     *
     * @throws InterruptedException if it does not end
     */
    @TearDown(Level.Trial)
    public void stop() throws InterruptedException {
        end.countDown();
        if (thread != null) {
            thread.join();
        }
    }
}
