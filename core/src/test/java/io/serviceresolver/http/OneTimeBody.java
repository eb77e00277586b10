package io.serviceresolver.http;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.atomic.AtomicInteger;

/** A body that is gone once it was sent, and counts how often it was asked for. */
final class OneTimeBody implements BodyPublisher {

    private final BodyPublisher stream =
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] {'b', 'o', 'd', 'y'}));
    private final AtomicInteger subscriptions = new AtomicInteger();

    int subscriptions() {
        return subscriptions.get();
    }

    @Override
    public long contentLength() {
        return stream.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        subscriptions.incrementAndGet();
        stream.subscribe(subscriber);
    }
}
