package io.serviceresolver;

import io.serviceresolver.balancer.Picker;
import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.endpoint.Target;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Waits for a picker that is not there yet, and blocks the caller's thread where a method is said to. */
final class Waiting {

    /** For how long a thread that is blocked waits for an event loop that is late: its own time, which no stop of the process takes away. */
    private static final Duration MOST_LATE = Duration.ofSeconds(1);

    private Waiting() {}

    /** When there is a picker of a handle that has none, told on the executor for callbacks: fails at once where there is no point in waiting. */
    static CompletableFuture<Picker> begin(ServiceView view, Waiter.Patience patience, Duration timeout) {
        return begin(view, view.feed().callbacks(), patience, timeout);
    }

    /** The same, for as long as the first answer may take. */
    static CompletableFuture<Picker> forAnswer(ServiceView view) {
        return begin(view, Waiter.Patience.UNTIL_ANSWERED, view.feed().longestWait());
    }

    /** When there is a picker, after this time at the latest; whoever completes this future ends the wait. */
    static CompletableFuture<Void> untilReady(ServiceView view, Duration timeout) {
        CompletableFuture<Picker> wait = begin(view, Waiter.Patience.UNTIL_READY, timeout);
        CompletableFuture<Void> ready = wait.thenAccept(given -> {});
        ready.whenComplete((nothing, failure) -> wait.cancel(false));
        return ready;
    }

    /** Blocks until there is a picker of a handle that has none: fails at once where there is no point in waiting. */
    static Picker join(ServiceView view, Waiter.Patience patience, Duration timeout) {
        FeedCalls calls = view.feed().calls();
        calls.requireNotEventLoop();
        CompletableFuture<Picker> wait = begin(view, Runnable::run, patience, timeout);
        if (!calls.isLoopOurs() || endsWithin(wait, timeout) || endsWithin(wait, MOST_LATE)) {
            return join(view.target(), wait);
        }
        wait.cancel(false);
        return late(view);
    }

    /** Whether there is an end to a wait within a time: of whatever kind, or of our own by interruption, which stays set. */
    private static boolean endsWithin(CompletableFuture<?> wait, Duration timeout) {
        try {
            wait.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What there is for a thread that the event loop did not come to in time. */
    private static Picker late(ServiceView view) {
        Picker picker = view.picker();
        if (picker == null) {
            throw NoEndpointsException.of(view, "the resolver's own thread was busy");
        }
        return picker;
    }

    private static CompletableFuture<Picker> begin(
            ServiceView view, Executor executor, Waiter.Patience patience, Duration timeout) {
        ServiceFeed feed = view.feed();
        if (patience == Waiter.Patience.UNTIL_ANSWERED && feed.failsFast(view)) {
            return CompletableFuture.failedFuture(view.noEndpoints());
        }
        CompletableFuture<Picker> future = new CompletableFuture<>();
        try {
            feed.execute(() -> feed.await(view, new Waiter(future, executor, patience), timeout));
        } catch (IllegalStateException closed) {
            future.completeExceptionally(closed);
        }
        return future;
    }

    /**
     * What is made of what somebody waits for. Whoever gives up first, in whatever way the future returned is completed, ends
     * that wait; what was made in that moment is let go of.
     */
    static <S, T> CompletableFuture<T> then(
            CompletableFuture<S> wait, Function<? super S, T> make, Consumer<? super T> letGo) {
        CompletableFuture<T> result = new CompletableFuture<>();
        wait.whenComplete((given, failure) -> {
            if (failure != null) {
                result.completeExceptionally(new CompletionException(Failures.unwrapped(failure)));
            } else if (!result.isDone()) {
                make(given, make, letGo, result);
            }
        });
        result.whenComplete((made, failure) -> wait.cancel(false));
        return result;
    }

    /** What is made of what there is, be it a failure. */
    static <S, T> CompletableFuture<T> made(S given, Function<? super S, T> make) {
        try {
            return CompletableFuture.completedFuture(make.apply(given));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Ends a call that nobody made. */
    static void letGo(Lease lease) {
        lease.complete(Outcome.CANCELLED);
    }

    private static <S, T> void make(
            S given, Function<? super S, T> make, Consumer<? super T> letGo, CompletableFuture<T> result) {
        try {
            T made = make.apply(given);
            if (!result.complete(made)) {
                letGo.accept(made);
            }
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(new CompletionException(e));
        }
    }

    /** Waits until a source has answered: for as long as the first answer may take at most, and no longer than a limit. */
    static void forAnswer(ServiceView view, Duration limit) {
        view.use();
        if (view.picker() == null) {
            Duration most = view.feed().longestWait();
            join(view, Waiter.Patience.UNTIL_ANSWERED, limit.compareTo(most) < 0 ? limit : most);
        }
    }

    /** The value, or the failure thrown as it is. Interruption ends the wait, and stays set. */
    static <T> T join(Target service, CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(false);
            CancellationException cancelled = new CancellationException(service + ": interrupted while waiting");
            cancelled.initCause(e);
            throw cancelled;
        }
    }
}
