package io.serviceresolver.benchmarks.peers;

import io.servicetalk.concurrent.Cancellable;
import io.servicetalk.concurrent.CompletableSource;
import io.servicetalk.concurrent.SingleSource;
import org.jspecify.annotations.Nullable;

/** Takes the connection that ServiceTalk selects, at once. */
final class TalkSelection implements SingleSource.Subscriber<TalkConnection> {

    private @Nullable TalkConnection selected;
    private @Nullable Throwable failure;

    TalkConnection connection() {
        if (selected == null) {
            throw new IllegalStateException("connection: none (expected: one at once)", failure);
        }
        return selected;
    }

    @Override
    public void onSubscribe(Cancellable cancellable) {}

    @Override
    public void onSuccess(@Nullable TalkConnection result) {
        selected = result;
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
    }

    /** Takes the end of something, whatever it is. */
    static final class End implements CompletableSource.Subscriber {

        @Override
        public void onSubscribe(Cancellable cancellable) {}

        @Override
        public void onComplete() {}

        @Override
        public void onError(Throwable cause) {}
    }
}
