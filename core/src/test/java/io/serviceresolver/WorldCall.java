package io.serviceresolver;

import io.serviceresolver.call.Lease;
import io.serviceresolver.call.Outcome;
import io.serviceresolver.health.Trial;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A call that was begun, or waits to be. */
final class WorldCall {

    private final ServiceView view;
    private final List<WorldCall> all;
    private final CompletableFuture<Lease> begun;
    private boolean waits = true;
    private boolean seen;

    /** Which trial this call is, if it is one. */
    private @Nullable Trial trial;

    private boolean ended;

    /**
     * Begins it.
     *
     * @param loop what the event loop is to do
     * @param all all calls of this world
     */
    WorldCall(ServiceView view, Deque<Runnable> loop, List<WorldCall> all) {
        this.view = view;
        this.all = all;
        this.begun = view.acquireAsync();
        if (begun.isDone()) {
            waits = false;
        } else {
            Runnable task = loop.removeLast();
            loop.add(() -> {
                waits = false;
                task.run();
            });
        }
    }

    /** Once the event loop knows that it waits, and has nobody left who waits, it was let go: by a callback's thread. */
    void await() {
        if (!waits && !begun.isDone() && view.waiters().isEmpty()) {
            try {
                begun.handle((value, failure) -> "let go").get(30, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new AssertionError("a call that hangs", e);
            }
        }
    }

    @Nullable
    Lease lease() {
        return begun.isDone() && !begun.isCompletedExceptionally() ? begun.join() : null;
    }

    /** Whether it has a lease, or an error. */
    boolean isDone() {
        return begun.isDone();
    }

    /** What it got, or why not. */
    CompletableFuture<Lease> begun() {
        return begun;
    }

    boolean isInFlight() {
        return lease() != null && !ended;
    }

    private @Nullable Host find(List<Host> among, Lease lease) {
        return among.stream()
                .filter(host -> host.endpoint().equals(lease.endpoint()))
                .findFirst()
                .orElse(null);
    }

    boolean isTrying(@Nullable Trial one) {
        return one != null && trial == one && isInFlight();
    }

    /** Looks at what was picked once, when it was: it is of the set that was in use then. */
    void check() {
        Lease lease = lease();
        if (lease != null && !seen) {
            seen = true;
            EngineWorld.must(view.endpoints().endpoints().contains(lease.endpoint()), "a pick is of the set in use");
            boolean chosen = find(view.pickable(), lease) != null;
            Host tried = chosen ? null : find(view.plan().onTrial(), lease);
            trial = tried == null ? null : tried.health().trial().orElse(null);
            EngineWorld.must(chosen || trial != null, "a pick is of what may be picked, or on trial");
            EngineWorld.must(
                    all.stream().filter(call -> call.isTrying(trial)).count() <= 1, "one call at a time on trial");
        }
    }

    void end(Outcome outcome) {
        Lease lease = lease();
        if (lease != null) {
            lease.complete(outcome);
            lease.complete(outcome);
            ended = true;
        }
    }
}
