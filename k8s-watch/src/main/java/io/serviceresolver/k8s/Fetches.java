package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.EndpointSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Lists that somebody asked for, besides what is kept current: each of the newest version, once, without another attempt.
 * Used by the scheduler's thread.
 */
final class Fetches<T> {

    private final FeedScope scope;
    private final ApiResource resource;
    private final ItemReader<T> reader;
    private final Set<Fetch> open = new HashSet<>();

    Fetches(FeedScope scope, ApiResource resource, ItemReader<T> reader) {
        this.scope = scope;
        this.resource = resource;
        this.reader = reader;
    }

    /**
     * Lists.
     *
     * @param reading what the items amount to; it throws where that is nothing
     * @return completes on the scheduler's thread, with an {@link IllegalStateException} where there is no list
     */
    CompletableFuture<EndpointSet> fetch(Function<List<T>, EndpointSet> reading) {
        Fetch fetch = new Fetch(reading);
        open.add(fetch);
        fetch.attempt.start(resource.listNewest());
        return fetch.result;
    }

    /** Ends those that are on their way. */
    void close() {
        List.copyOf(open).forEach(Fetch::cancel);
    }

    private final class Fetch implements ListAttempt.Outcome<T> {

        private final Function<List<T>, EndpointSet> reading;
        private final CompletableFuture<EndpointSet> result = new CompletableFuture<>();
        private final ListAttempt<T> attempt;

        Fetch(Function<List<T>, EndpointSet> reading) {
            this.reading = reading;
            this.attempt = new ListAttempt<>(scope.client(), resource, reader, scope.loop(), this);
        }

        void cancel() {
            attempt.cancel();
            end(() -> result.completeExceptionally(new CancellationException("the subscription was closed")));
        }

        @Override
        public void listed(String version, List<T> items) {
            end(() -> {
                try {
                    result.complete(reading.apply(items));
                } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
        }

        @Override
        public void listFailed(ApiFailure failure) {
            end(() -> result.completeExceptionally(new IllegalStateException(AccessHint.explain(failure, resource))));
        }

        private void end(Runnable completion) {
            open.remove(this);
            completion.run();
        }
    }
}
