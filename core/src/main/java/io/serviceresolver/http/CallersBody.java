package io.serviceresolver.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** The body that a caller sends. Where it fails, as a file that cannot be read, the Pod is not to blame. */
final class CallersBody implements BodyPublisher {

    private final BodyPublisher publisher;
    private final PodCall call;

    CallersBody(BodyPublisher publisher, PodCall call) {
        this.publisher = publisher;
        this.call = call;
    }

    @Override
    public long contentLength() {
        return publisher.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> client) {
        if (!call.sends()) {
            throw new IllegalStateException("this attempt has ended, and another one was made");
        }
        blaming(() -> publisher.subscribe(new Watched(client)));
    }

    private void blaming(Runnable callersCode) {
        try {
            callersCode.run();
        } catch (RuntimeException | Error e) {
            call.callersFault();
            throw e;
        }
    }

    /** What the publisher publishes; a publisher fails by {@link #onError} or, those of the JDK, when it is asked. */
    private final class Watched implements Subscriber<ByteBuffer> {

        private final Subscriber<? super ByteBuffer> client;

        Watched(Subscriber<? super ByteBuffer> client) {
            this.client = client;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            client.onSubscribe(new Subscription() {
                @Override
                public void request(long buffers) {
                    blaming(() -> subscription.request(buffers));
                }

                @Override
                public void cancel() {
                    subscription.cancel();
                }
            });
        }

        @Override
        public void onNext(ByteBuffer buffer) {
            client.onNext(buffer);
        }

        @Override
        public void onError(Throwable failure) {
            call.callersFault();
            client.onError(failure);
        }

        @Override
        public void onComplete() {
            client.onComplete();
        }
    }
}
