package io.serviceresolver.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** A caller's subscriber that fails at a certain place. */
final class FailingSubscriber implements BodySubscriber<String> {

    private final Where where;
    private final CompletableFuture<String> body = new CompletableFuture<>();

    /** Where it fails: it throws, unless said otherwise. */
    enum Where {
        GET_BODY,
        SUBSCRIBE,
        /** As when a file cannot be opened: the body fails, then the subscription is cancelled. */
        DISK,
        NEXT,
        COMPLETE
    }

    FailingSubscriber(Where where) {
        this.where = where;
    }

    private void fail(Where here) {
        if (here == where) {
            throw new IllegalStateException("failing at " + here);
        }
    }

    @Override
    public CompletionStage<String> getBody() {
        fail(Where.GET_BODY);
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        fail(Where.SUBSCRIBE);
        if (where == Where.DISK) {
            body.completeExceptionally(new IOException("failing at " + where));
            subscription.cancel();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        fail(Where.NEXT);
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        fail(Where.COMPLETE);
        body.complete("");
    }
}
