package io.serviceresolver.http;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What belongs to the thread of a caller, such as its span, for what other threads send on its behalf. */
final class CallersContext {

    private static final CallersContext NONE = new CallersContext(null);

    private final @Nullable Executor executor;

    private CallersContext(@Nullable Executor executor) {
        this.executor = executor;
    }

    /**
     * That of this thread.
     *
     * @param propagation takes it; null: there is none
     */
    static CallersContext capture(@Nullable Supplier<? extends Executor> propagation) {
        if (propagation == null) {
            return NONE;
        }
        return new CallersContext(
                Objects.requireNonNull(propagation.get(), "contextPropagation: null (expected: an executor)"));
    }

    /** Begins to send something, on this thread, in the context of the caller's. */
    <T> CompletableFuture<T> send(Sending<T> sending) throws IOException {
        if (executor == null) {
            return sending.begin();
        }
        Task<T> task = new Task<>(sending);
        executor.execute(task);
        return task.begun(executor);
    }

    /** Something to send. */
    @FunctionalInterface
    interface Sending<T> {
        CompletableFuture<T> begin() throws IOException;
    }

    /** Keeps what came of it: an executor has no use for that. */
    private static final class Task<T> implements Runnable {

        private final Sending<T> sending;
        private @Nullable CompletableFuture<T> begun;
        private @Nullable IOException failure;

        /** That it was run, or is not to be any more. */
        private boolean over;

        Task(Sending<T> sending) {
            this.sending = sending;
        }

        @Override
        public synchronized void run() {
            if (over) {
                return;
            }
            over = true;
            try {
                begun = sending.begin();
            } catch (IOException e) {
                failure = e;
            }
        }

        synchronized CompletableFuture<T> begun(Executor executor) throws IOException {
            over = true;
            if (failure != null) {
                throw failure;
            }
            if (begun == null) {
                throw new IllegalStateException("contextPropagation: " + executor
                        + " (expected: an executor that runs a task at once, on the thread that gives it)");
            }
            return begun;
        }
    }
}
