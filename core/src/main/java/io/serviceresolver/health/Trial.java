package io.serviceresolver.health;

import io.serviceresolver.call.Outcome;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How an endpoint comes back from an ejection: half open, as a circuit breaker (M. T. Nygard, "Release It!", 2007). One call
 * at a time is let through to it, until one of them has ended that says something. Calls are let through by the threads that
 * make them, and never wait for each other; an {@link OutlierDetector} draws the conclusions.
 */
public final class Trial {

    private enum Stage {
        /** The ejection is not over. */
        NOT_YET,
        /** The next call may be let through. */
        WAITING,
        /** A call was let through, and has not ended. */
        UNDER_WAY,
        /** It was cancelled, which says nothing. */
        CANCELLED,
        /** It ended, and nobody says how. */
        UNREPORTED,
        PASSED,
        FAILED
    }

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.NOT_YET);

    /** Whether it may wait in vain. Written by all who know, without order. */
    private boolean passedOver;

    // What follows belongs to the detector.
    private Stage before = Stage.NOT_YET;
    private long reviewNanos;

    /**
     * Asks for a call to be let through.
     *
     * @return whether it is: it is to be made
     */
    public boolean begin() {
        return stage.get() == Stage.WAITING && stage.compareAndSet(Stage.WAITING, Stage.UNDER_WAY);
    }

    /**
     * Notes that calls go elsewhere whatever this waits for: somebody looked for an endpoint who will not say how a call ended,
     * or a handle keeps to another endpoint, or has no need of this one.
     */
    public void passOver() {
        if (!passedOver) {
            passedOver = true;
        }
    }

    /** Notes that a call ended: whether that decides. */
    boolean ended(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> decide(Stage.PASSED);
            case CONNECT_FAILED, IO_ERROR, TIMEOUT, SERVER_ERROR -> decide(Stage.FAILED);
            case CANCELLED -> {
                stage.compareAndSet(Stage.UNDER_WAY, Stage.CANCELLED);
                yield false;
            }
            case UNREPORTED -> {
                stage.compareAndSet(Stage.UNDER_WAY, Stage.UNREPORTED);
                yield false;
            }
        };
    }

    /** Decides, unless it is not the time for that, or it is decided. */
    private boolean decide(Stage verdict) {
        Stage now = stage.get();
        while (now != Stage.NOT_YET && now != Stage.PASSED && now != Stage.FAILED) {
            if (stage.compareAndSet(now, verdict)) {
                return true;
            }
            now = stage.get();
        }
        return false;
    }

    /** Whether the ejection is over. */
    boolean isOpen() {
        return stage.get() != Stage.NOT_YET;
    }

    boolean hasPassed() {
        return stage.get() == Stage.PASSED;
    }

    boolean hasFailed() {
        return stage.get() == Stage.FAILED;
    }

    /** Lets a call through from now on. */
    void open(long nextReview) {
        reviewNanos = nextReview;
        stage.set(Stage.WAITING);
    }

    long reviewNanos() {
        return reviewNanos;
    }

    /**
     * Sees to it that nothing lasts for ever. What lasts from one review to the next is a call that takes too long, or says
     * nothing: another one is let through. Where nobody says how calls end, or says so of this one, nothing is held against the endpoint.
     *
     * @return whether that is so
     */
    boolean review(long nextReview) {
        reviewNanos = nextReview;
        Stage now = stage.get();
        boolean lasts = now == before;
        before = now;
        if (!lasts) {
            return false;
        }
        if (now == Stage.UNDER_WAY || now == Stage.CANCELLED) {
            stage.compareAndSet(now, Stage.WAITING);
            return false;
        }
        return now == Stage.UNREPORTED || (now == Stage.WAITING && passedOver);
    }
}
