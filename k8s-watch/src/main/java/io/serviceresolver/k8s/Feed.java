package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.source.KnownEndpoint;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is known of one target, kept current for all who want to know. Used by the scheduler's thread. */
interface Feed {

    /** Begins to follow it. */
    void start();

    /** Tells a subscription what is known, and from now on what is new. */
    void add(FeedSubscription subscription);

    /** Takes a subscription out: whether it was the last one. */
    boolean remove(FeedSubscription subscription);

    /** Ends it. */
    void close();

    /** Somebody selects by the labels of Pods. */
    void requirePodLabels();

    /** All endpoints that are known, as this subscription means them. */
    List<KnownEndpoint> explain(FeedSubscription subscription);

    /** The newest endpoints, as this subscription means them, by a list of its own. */
    CompletableFuture<EndpointSet> fetch(FeedSubscription subscription);
}
