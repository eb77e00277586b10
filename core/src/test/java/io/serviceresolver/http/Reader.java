package io.serviceresolver.http;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Subscribes, and reads for as long as it is told. */
final class Reader<B> implements Flow.Subscriber<B> {

    private final Until until;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    /** For how long to read. */
    enum Until {
        SUBSCRIBED,
        FIRST_BUFFER,
        END
    }

    Reader(Until until) {
        this.until = until;
    }

    /** Completes when it has read enough, or there is no more. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Waits until it has read enough. */
    void awaitEnd() throws Exception {
        ended.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        if (until == Until.SUBSCRIBED) {
            cancel(given);
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(B buffer) {
        Subscription source = Objects.requireNonNull(subscription);
        if (until == Until.FIRST_BUFFER) {
            cancel(source);
        } else {
            source.request(1);
        }
    }

    private void cancel(Subscription source) {
        source.cancel();
        ended.complete(null);
    }

    @Override
    public void onError(Throwable failure) {
        ended.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        ended.complete(null);
    }
}
