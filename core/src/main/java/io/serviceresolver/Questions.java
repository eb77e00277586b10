package io.serviceresolver;

import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of the event loop and is not answered yet. All but {@link #ask} is confined to the event loop; futures are completed by the
 * executor for callbacks, as whatever users hang on them runs there.
 */
final class Questions {

    /** How long a source may take to answer anew. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Target target;
    private final SourceContext context;
    private final Executor callbacks;
    private boolean closed;

    /** The answers owed, and the timers that end the wait for them. */
    private final IdentityHashMap<CompletableFuture<?>, Future<?>> open = new IdentityHashMap<>();

    Questions(Target target, SourceContext context, Executor callbacks) {
        this.target = target;
        this.context = context;
        this.callbacks = callbacks;
    }

    /**
     * Asks, from any thread.
     *
     * @param question answered on the event loop
     */
    <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            EventLoop.execute(context.scheduler(), target, () -> ask(question, answer));
        } catch (IllegalStateException closed) {
            answer.completeExceptionally(closed);
        }
        return answer;
    }

    private <T> void ask(Supplier<CompletableFuture<T>> question, CompletableFuture<T> answer) {
        if (closed) {
            answer.completeExceptionally(EventLoop.closed(target));
            return;
        }
        Runnable giveUp = () -> fail(answer, new TimeoutException("no answer in " + PATIENCE.toSeconds() + " s"));
        open.put(
                answer,
                context.scheduler().schedule(giveUp, TimeUnit.NANOSECONDS.convert(PATIENCE), TimeUnit.NANOSECONDS));
        try {
            CompletableFuture<T> found = question.get();
            if (found.isDone()) {
                found.whenComplete((value, failure) -> settle(answer, value, failure));
            } else {
                found.whenComplete((value, failure) -> settleLater(answer, value, failure));
            }
        } catch (RuntimeException e) {
            fail(answer, e);
        }
    }

    /** On the event loop, whatever thread the source used. */
    private <T> void settleLater(CompletableFuture<T> answer, T value, @Nullable Throwable failure) {
        try {
            context.scheduler().execute(() -> settle(answer, value, failure));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(EventLoop.closed(target));
        }
    }

    private <T> void settle(CompletableFuture<T> answer, T value, @Nullable Throwable failure) {
        if (failure != null) {
            fail(
                    answer,
                    failure instanceof CompletionException wrapped && wrapped.getCause() != null
                            ? wrapped.getCause()
                            : failure);
        } else {
            end(answer, () -> answer.complete(value));
        }
    }

    private void fail(CompletableFuture<?> answer, Throwable failure) {
        end(answer, () -> answer.completeExceptionally(failure));
    }

    private void end(CompletableFuture<?> answer, Runnable how) {
        Future<?> timer = open.remove(answer);
        if (timer != null) {
            timer.cancel(false);
            try {
                callbacks.execute(how);
            } catch (RejectedExecutionException e) {
                how.run();
            }
        }
    }

    /** Nothing is answered any more. */
    void close() {
        closed = true;
        List.copyOf(open.keySet()).forEach(answer -> fail(answer, EventLoop.closed(target)));
    }
}
