package io.serviceresolver.examples;

import io.serviceresolver.endpoint.Changes;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Prints what changes from one set of endpoints to the next. Thread-safe. */
final class EndpointPrinter implements Consumer<EndpointSet> {

    private final Console console;

    /** The set that was printed last. Guarded by the lock of this object. */
    private EndpointSet printed = EndpointSet.EMPTY;

    /** What somebody waits for. Guarded by the lock of this object. */
    private Predicate<EndpointSet> expected = set -> false;

    /** Completes when that was printed. Guarded by the lock of this object. */
    private CompletableFuture<Void> seen = new CompletableFuture<>();

    EndpointPrinter(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void accept(EndpointSet now) {
        Changes changes = now.changesSince(printed);
        printed = now;
        changes.added().forEach(endpoint -> print("+", endpoint, words(endpoint.conditions())));
        changes.updated().forEach(endpoint -> print("~", endpoint, words(endpoint.conditions())));
        changes.removed().forEach(endpoint -> print("-", endpoint, "gone"));
        console.line("  %d of %d endpoints ready", now.readyCount(), now.size());
        if (expected.test(now)) {
            seen.complete(null);
        }
    }

    private void print(String sign, Endpoint endpoint, String what) {
        console.line("  %s %-28s %s", sign, endpoint, what);
    }

    private static String words(Conditions conditions) {
        if (conditions.terminating()) {
            return conditions.serving() ? "terminating, still serving" : "terminating";
        }
        return conditions.ready() ? "ready" : "not ready";
    }

    /** Waits until a set was printed that is as expected: the set printed last, or a later one. */
    void await(String what, Predicate<EndpointSet> wanted) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            expected = wanted;
            seen = done;
            if (wanted.test(printed)) {
                done.complete(null);
            }
        }
        Await.done(done, what, Await.PATIENCE);
    }
}
