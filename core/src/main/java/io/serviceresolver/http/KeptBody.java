package io.serviceresolver.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A body of which nobody knows whether it can be asked for twice, such as a stream: what was sent of it is kept, so that it
 * can be sent again once all of it was, unless it is long. Those who send it follow one another.
 */
final class KeptBody implements BodyPublisher {

    /** The most bytes that are kept: those of nearly all requests, and little beside what a connection takes. */
    static final int LIMIT = 64 * 1024;

    private final BodyPublisher publisher;

    /** All of it; null until that is known. Written by the thread that publishes it. */
    private volatile byte @Nullable [] kept;

    KeptBody(BodyPublisher publisher) {
        this.publisher = publisher;
    }

    /** Whether it can be sent again. */
    boolean isKept() {
        return kept != null;
    }

    @Override
    public long contentLength() {
        return publisher.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> client) {
        byte[] all = kept;
        if (all == null) {
            publisher.subscribe(new Keeping(client));
        } else {
            BodyPublishers.ofByteArray(all).subscribe(client);
        }
    }

    /** Keeps what goes by. Called by one thread at a time, as all subscribers are. */
    private final class Keeping implements Subscriber<ByteBuffer> {

        private final Subscriber<? super ByteBuffer> client;

        /** Null where it is too long. */
        private @Nullable ByteArrayOutputStream bytes;

        private Keeping(Subscriber<? super ByteBuffer> client) {
            this.client = client;
            this.bytes = contentLength() > LIMIT ? null : new ByteArrayOutputStream();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            client.onSubscribe(subscription);
        }

        /** A server may answer as soon as it has got what was announced, and so before the publisher says that this was all. */
        @Override
        public void onNext(ByteBuffer buffer) {
            ByteArrayOutputStream soFar = bytes;
            if (soFar != null && soFar.size() + buffer.remaining() > LIMIT) {
                bytes = null;
            } else if (soFar != null) {
                byte[] copy = new byte[buffer.remaining()];
                buffer.duplicate().get(copy);
                soFar.writeBytes(copy);
                if (soFar.size() == contentLength()) {
                    kept = soFar.toByteArray();
                }
            }
            client.onNext(buffer);
        }

        @Override
        public void onError(Throwable failure) {
            client.onError(failure);
        }

        @Override
        public void onComplete() {
            ByteArrayOutputStream all = bytes;
            if (all != null) {
                kept = all.toByteArray();
            }
            client.onComplete();
        }
    }
}
