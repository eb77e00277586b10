package io.serviceresolver.check;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By what a check is ended from outside: the thread that makes it, and what it opened. Thread-safe. */
final class Lifeline {

    private static final Logger log = LoggerFactory.getLogger(Lifeline.class);

    /** What is open. Guarded by this object. */
    private @Nullable Closeable tied;

    /** Who works on the check. Guarded by this object. */
    private @Nullable Thread thread;

    /** Guarded by this object. */
    private boolean cut;

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
