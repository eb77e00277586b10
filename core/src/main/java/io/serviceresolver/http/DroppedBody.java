package io.serviceresolver.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer in whose place the next attempt's is given. It is read for its connection to be used again, if it
 * is short, but nobody waits for its end.
 */
final class DroppedBody<T> implements BodySubscriber<T> {

    private static final long LIMIT = 65_536;

    private final CompletableFuture<T> body = new CompletableFuture<>();

    /** Where the body comes from. Written once, by the thread that reads the body. */
    private volatile @Nullable Subscription source;

    /** Whether it is to be read no more. Written by whoever finds that. */
    private volatile boolean cancelled;

    /** How many bytes have come. Written by the thread that reads the body. */
    private long bytes;

    DroppedBody() {
        body.complete(null);
    }

    @Override
    public CompletionStage<T> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        if (cancelled) {
            subscription.cancel();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        bytes += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (bytes > LIMIT) {
            cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The answer before it has said all that is of interest.
    }

    @Override
    public void onComplete() {
        // As above.
    }

    void cancel() {
        cancelled = true;
        Subscription from = source;
        if (from != null) {
            from.cancel();
        }
    }
}
