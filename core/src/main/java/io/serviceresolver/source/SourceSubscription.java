package io.serviceresolver.source;

import io.serviceresolver.endpoint.EndpointSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The interest of a resolver in one target, until it is closed. All but {@link #close} is called on the scheduler's
 * thread.
 */
@FunctionalInterface
public interface SourceSubscription extends Subscription {

    /**
     * Somebody selects endpoints by the labels of their Pods: from now on answers are to bear them, where the source can
     * find them out. Called once at most. By default nothing happens, and what {@code ServiceTraits.podLabels} says goes
     * on to hold.
     */
    default void requirePodLabels() {}

    /** Every endpoint that the source knows of, also those it leaves out of its set; by default none are known. */
    default List<KnownEndpoint> explain() {
        return List.of();
    }

    /**
     * Asks anew for the set, past all that the source remembers, without a change to what it remembers.
     *
     * @return completes on the scheduler's thread; by default it fails, for a source that cannot do that
     */
    default CompletableFuture<EndpointSet> fetch() {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("this source cannot be asked anew"));
    }
}
