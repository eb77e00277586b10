package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.source.KnownEndpoint;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is known of one target, for all who want to know, whichever port they mean. Used by the scheduler's thread. */
interface Feed {

    void start();

    /** Takes a subscription in, and tells it what is known. */
    void add(FeedSubscription subscription);

    /** Takes a subscription out: whether it was the last one. */
    boolean remove(FeedSubscription subscription);

    void close();

    /** Somebody selects by the labels of Pods; where there are none, nothing happens. */
    default void requirePodLabels() {}

    /** All endpoints that are known, as this subscription means them; by default none are. */
    default List<KnownEndpoint> explain(FeedSubscription subscription) {
        return List.of();
    }

    /** The newest endpoints, as this subscription means them, by a list of its own; by default that cannot be had. */
    default CompletableFuture<EndpointSet> fetch(FeedSubscription subscription) {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException("what does not lead to Pods cannot be asked for anew"));
    }
}
