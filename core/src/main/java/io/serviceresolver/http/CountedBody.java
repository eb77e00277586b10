package io.serviceresolver.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Stands between the client and the caller's body subscriber, in both directions, to see the body end. */
final class CountedBody<T> implements BodySubscriber<T>, Subscription {

    private final BodySubscriber<T> subscriber;
    private final BodyEnd end;
    private final BodySignals signals = new BodySignals();

    /** What the client waits for. */
    private final CompletableFuture<T> body = new CompletableFuture<>();

    /** Where the body comes from. Written once, by the thread that reads the body. */
    private volatile @Nullable Subscription source;

    /** Whether the source failed, or its time was over. Written by whoever finds that. */
    private volatile boolean broken;

    /** Whether nobody wants the body. Written by whoever finds that. */
    private volatile boolean cancelled;

    CountedBody(BodySubscriber<T> subscriber, BodyEnd end) {
        this.subscriber = subscriber;
        this.end = end;
    }

    /**
     * The caller's body; where that fails though what it was made of has not, the caller's code has failed. It fails the
     * future rather than to throw, as a client that it throws at forgets the connection.
     */
    @Override
    public CompletionStage<T> getBody() {
        try {
            subscriber.getBody().whenComplete((made, failure) -> {
                if (failure == null) {
                    body.complete(made);
                } else {
                    if (!broken) {
                        end.callersFault();
                    }
                    body.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException | Error e) {
            failedByCaller(e);
        }
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        if (cancelled) {
            subscription.cancel();
        }
        try {
            subscriber.onSubscribe(this);
        } catch (RuntimeException | Error e) {
            failedByCaller(e);
        } finally {
            signals.subscribed();
        }
    }

    private void failedByCaller(Throwable failure) {
        end.callersFault();
        body.completeExceptionally(failure);
        drop();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (!signals.enter()) {
            return;
        }
        try {
            subscriber.onNext(buffers);
        } catch (RuntimeException | Error e) {
            end.callersFault();
            throw e;
        } finally {
            signals.leave();
        }
    }

    @Override
    public void onError(Throwable failure) {
        broken = true;
        end.bodyFailed(failure);
        last(() -> subscriber.onError(failure));
    }

    @Override
    public void onComplete() {
        end.bodyCompleted();
        last(subscriber::onComplete);
    }

    private void last(Runnable signal) {
        // A client that fails early may not have subscribed.
        signals.subscribed();
        if (signals.enterLast()) {
            try {
                signal.run();
            } finally {
                signals.leave();
            }
        }
    }

    @Override
    public void request(long buffers) {
        Subscription from = source;
        if (from != null) {
            from.request(buffers);
        }
    }

    @Override
    public void cancel() {
        end.cancelled();
        drop();
    }

    /** Ends the body before its source does. */
    void fail(Throwable failure) {
        broken = true;
        body.completeExceptionally(failure);
        boolean first = signals.close(() -> subscriber.onError(failure));
        drop();
        if (first) {
            signals.deliver();
        }
    }

    private void drop() {
        cancelled = true;
        Subscription from = source;
        if (from != null) {
            from.cancel();
        }
    }
}
