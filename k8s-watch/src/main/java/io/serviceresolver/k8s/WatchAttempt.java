package io.serviceresolver.k8s;

import io.serviceresolver.k8s.ApiFailure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One watch, from its opening to its end. Used by the scheduler's thread, but for the methods of {@link
 * WatchSink.Listener}, which only hand over to it.
 */
final class WatchAttempt<T> implements WatchSink.Listener<T> {

    private static final Duration OPEN_DEADLINE = Duration.ofSeconds(10);
    private static final Duration ABRUPT = Duration.ofSeconds(2);
    private static final Duration SERVER_SLACK = Duration.ofSeconds(30);

    private final ApiResource resource;
    private final Loop loop;
    private final Outcome<T> outcome;
    private final Duration silence;
    private final String what;
    private @Nullable ApiCall call;
    private @Nullable Future<?> silenceTimer;
    private @Nullable Future<?> ageTimer;
    private boolean over;
    private boolean open;
    private boolean spoken;
    private long openedNanos;
    private long heardNanos;

    /** Hears of the watch, on the scheduler's thread, until it is cancelled. */
    interface Outcome<T> {

        /** The server took it. */
        void watching();

        /** What it says. */
        void frames(List<WatchFrame<T>> frames);

        /** It is over. */
        void watchFailed(ApiFailure failure, Duration lived);

        /** It goes on, but another one should take its place. */
        void watchDue(Due why);
    }

    /** Why a watch should be replaced. */
    enum Due {
        /** It has said nothing for too long. */
        SILENT,
        /** It has lived long enough. */
        OLD
    }

    /**
     * Prepares a watch.
     *
     * @param resource what to watch
     * @param loop the scheduler
     * @param silence how long it may say nothing
     * @param outcome hears of it
     */
    WatchAttempt(ApiResource resource, Loop loop, Duration silence, Outcome<T> outcome) {
        this.resource = resource;
        this.loop = loop;
        this.silence = silence;
        this.outcome = outcome;
        this.what = "watch " + resource.shown();
    }

    /** Starts it from a version on; the age after which it is due is told the server too, with some slack. */
    void start(ApiClient client, ItemReader<T> reader, String version, Duration age) {
        String target = resource.watch(version, age.plus(SERVER_SLACK));
        call = client.watch(target, what, new WatchSink<>(what, reader, this));
        silenceTimer = loop.after(
                OPEN_DEADLINE,
                () -> fail(new ApiFailure(Kind.SILENT, what + ": no answer in " + OPEN_DEADLINE.toSeconds() + " s")));
        ageTimer = loop.after(age, () -> outcome.watchDue(Due.OLD));
    }

    /** Ends it without a word. */
    void cancel() {
        over = true;
        cancel(silenceTimer);
        cancel(ageTimer);
        if (call != null) {
            call.cancel();
        }
    }

    /** Whether it is open and has been heard of lately. */
    boolean isHeard() {
        return open && loop.now() - heardNanos < silence.toNanos();
    }

    @Override
    public void opened() {
        loop.run(() -> {
            if (!over) {
                open = true;
                openedNanos = loop.now();
                heardNanos = openedNanos;
                listen(silence);
                outcome.watching();
            }
        });
    }

    @Override
    public void frames(List<WatchFrame<T>> frames, Runnable more) {
        loop.run(() -> {
            if (!over) {
                spoken = true;
                heardNanos = loop.now();
                outcome.frames(frames);
                if (frames.get(frames.size() - 1) instanceof WatchFrame.Failed<T> last) {
                    fail(last.failure());
                }
                more.run();
            }
        });
    }

    @Override
    public void ended() {
        loop.run(() -> {
            // A server that does this at once, and every time, has no other way to say that the version is too old.
            boolean abrupt = !spoken && loop.now() - openedNanos < ABRUPT.toNanos();
            fail(
                    abrupt
                            ? new ApiFailure(Kind.EXPIRED, what + ": the server ended it at once, without a word")
                            : new ApiFailure(Kind.UNREACHABLE, what + ": the server ended it"));
        });
    }

    @Override
    public void failed(ApiFailure failure) {
        loop.run(() -> fail(failure));
    }

    private void fail(ApiFailure failure) {
        if (!over) {
            cancel();
            outcome.watchFailed(failure, open ? Duration.ofNanos(loop.now() - openedNanos) : Duration.ZERO);
        }
    }

    private void listen(Duration wait) {
        cancel(silenceTimer);
        silenceTimer = loop.after(wait, () -> {
            Duration left = silence.minusNanos(loop.now() - heardNanos);
            if (left.isNegative() || left.isZero()) {
                outcome.watchDue(Due.SILENT);
            } else {
                listen(left);
            }
        });
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
