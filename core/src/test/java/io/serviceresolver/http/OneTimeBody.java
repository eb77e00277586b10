package io.serviceresolver.http;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.atomic.AtomicInteger;

/** A body that is gone once it was sent, and counts how often it was asked for. */
final class OneTimeBody implements BodyPublisher {

    private final BodyPublisher stream;
    private final AtomicInteger subscriptions = new AtomicInteger();

    OneTimeBody() {
        this(4);
    }

    OneTimeBody(int length) {
        stream = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length]));
    }

    /** So long that it is not kept. */
    static OneTimeBody tooLong() {
        return new OneTimeBody(KeptBody.LIMIT + 1);
    }

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
