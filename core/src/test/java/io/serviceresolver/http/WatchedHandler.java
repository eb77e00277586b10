package io.serviceresolver.http;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;

/** Another handler, that tells when the first bytes of a body have arrived. */
final class WatchedHandler<T> implements BodyHandler<T> {

    private final BodyHandler<T> handler;
    private final CompletableFuture<Void> arrived = new CompletableFuture<>();

    WatchedHandler(BodyHandler<T> handler) {
        this.handler = handler;
    }

    void awaitBytes() throws Exception {
        arrived.get(30, TimeUnit.SECONDS);
    }

    @Override
    public BodySubscriber<T> apply(ResponseInfo head) {
        BodySubscriber<T> subscriber = handler.apply(head);
        return new BodySubscriber<>() {
            @Override
            public CompletionStage<T> getBody() {
                return subscriber.getBody();
            }

            @Override
            public void onSubscribe(Subscription subscription) {
                subscriber.onSubscribe(subscription);
            }

            @Override
            public void onNext(List<ByteBuffer> buffers) {
                subscriber.onNext(buffers);
                arrived.complete(null);
            }

            @Override
            public void onError(Throwable failure) {
                subscriber.onError(failure);
            }

            @Override
            public void onComplete() {
                subscriber.onComplete();
            }
        };
    }
}
