package io.serviceresolver.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The body of an answer that the caller's handler has failed at: a client that it throws at forgets the connection. */
final class RefusedBody<T> implements BodySubscriber<T> {

    private final CompletableFuture<T> body;

    RefusedBody(Throwable failure) {
        this.body = CompletableFuture.failedFuture(failure);
    }

    @Override
    public CompletionStage<T> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        // Nobody asked for it.
    }

    @Override
    public void onError(Throwable failure) {
        // The handler's own says why.
    }

    @Override
    public void onComplete() {
        // As above.
    }
}
