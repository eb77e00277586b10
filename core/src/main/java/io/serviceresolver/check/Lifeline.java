package io.serviceresolver.check;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By what a check is ended from outside: the thread that makes it, and what it opened. Thread-safe. */
final class Lifeline {

    private static final Logger log = LoggerFactory.getLogger(Lifeline.class);

    private final Executor threads;

    /** What is open. Guarded by this object. */
    private @Nullable Closeable tied;

    /** Who works on the check. Guarded by this object. */
    private @Nullable Thread thread;

    /** Guarded by this object. */
    private boolean cut;

    /** Runs on these threads what may block when the line is cut. */
    Lifeline(Executor threads) {
        this.threads = threads;
    }

    /** Has this thread interrupted when the line is cut: whether there is anything left to do. */
    synchronized boolean enter() {
        thread = Thread.currentThread();
        return !cut;
    }

    /** The thread goes on to something else. */
    synchronized void leave() {
        thread = null;
        if (cut) {
            Thread.interrupted();
        }
    }

    /**
     * Closes something when the line is cut: at once, if it is already.
     *
     * @param resource closing it does not block
     */
    void tie(Closeable resource) {
        synchronized (this) {
            if (!cut) {
                tied = resource;
                return;
            }
        }
        close(resource);
    }

    /** Cancels a user's stage when the line is cut, on a thread where what hangs on the stage may block. */
    void tie(CompletionStage<?> stage) {
        tie(() -> apart(() -> cancel(stage)));
    }

    private void apart(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            // The resolver has ended: there is nobody left to be held up.
            task.run();
        }
    }

    private static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (RuntimeException e) {
            log.debug("a stage cannot be cancelled", e);
        }
    }

    /** Ends the check. */
    void cut() {
        Closeable open;
        synchronized (this) {
            cut = true;
            open = tied;
            tied = null;
            if (thread != null) {
                thread.interrupt();
            }
        }
        if (open != null) {
            close(open);
        }
    }

    private static void close(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            log.debug("a check was not ended well", e);
        }
    }
}
