package io.serviceresolver.benchmarks.peers;

import io.servicetalk.client.api.ConnectionFactory;
import io.servicetalk.client.api.LoadBalancedConnection;
import io.servicetalk.client.api.RequestTracker;
import io.servicetalk.concurrent.api.Completable;
import io.servicetalk.concurrent.api.Single;
import io.servicetalk.context.api.ContextMap;
import io.servicetalk.transport.api.TransportObserver;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection that takes any number of requests, as one of HTTP/2 does, and tells the balancer's tracker of them. */
final class TalkConnection implements LoadBalancedConnection {

    private final RequestTracker tracker;

    private TalkConnection(RequestTracker tracker) {
        this.tracker = tracker;
    }

    RequestTracker tracker() {
        return tracker;
    }

    boolean accepts() {
        return tryRequest() == Result.Accepted;
    }

    @Override
    public Result tryRequest() {
        return Result.Accepted;
    }

    @Override
    public void requestFinished() {}

    @Override
    public boolean tryReserve() {
        return true;
    }

    @Override
    public Completable releaseAsync() {
        return Completable.completed();
    }

    @Override
    public int score() {
        return 1;
    }

    @Override
    public Completable onClose() {
        return Completable.never();
    }

    @Override
    public Completable closeAsync() {
        return Completable.completed();
    }

    /** Connects at once. */
    static final class Factory implements ConnectionFactory<String, TalkConnection> {

        @Override
        public Single<TalkConnection> newConnection(
                String address, @Nullable ContextMap context, @Nullable TransportObserver observer) {
            RequestTracker tracker = Objects.requireNonNull(context).get(RequestTracker.REQUEST_TRACKER_KEY);
            return Single.succeeded(new TalkConnection(Objects.requireNonNullElse(tracker, Untracked.INSTANCE)));
        }

        @Override
        public Completable onClose() {
            return Completable.never();
        }

        @Override
        public Completable closeAsync() {
            return Completable.completed();
        }
    }

    private enum Untracked implements RequestTracker {
        INSTANCE;

        @Override
        public long beforeRequestStart() {
            return 0;
        }

        @Override
        public void onRequestSuccess(long beforeStartTimeNs) {}

        @Override
        public void onRequestError(long beforeStartTimeNs, ErrorClass errorClass) {}
    }
}
