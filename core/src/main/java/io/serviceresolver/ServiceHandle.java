package io.serviceresolver;

import io.serviceresolver.balancer.Candidate;
import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.call.EndpointCall;
import io.serviceresolver.call.Lease;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.selector.LabelSelector;
import io.serviceresolver.source.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One service of a {@link ServiceResolver}, to be kept for as long as the service is called. Thread-safe. A pick
 * through a handle reads what is known at the moment; it asks nobody.
 *
 * <p>The first use of a service has to wait until a source has answered, for the resolver's
 * {@linkplain ServiceResolverBuilder#firstAnswerTimeout first-answer timeout} at most: {@link #resolve} and
 * {@link #acquire} block for that, their {@code Async} twins do not. From then on neither ever waits.
 *
 * <p>A handle that nobody uses for the resolver's {@linkplain ServiceResolverBuilder#idleTimeout idle timeout} lets go
 * of its sources; its next use starts anew. A call in flight is a use.
 */
public interface ServiceHandle {

    /** What this handle picks from: a Service or a selection of Pods, without the labels of a subset. */
    Target target();

    /**
     * Picks an endpoint, without counting a call.
     *
     * @return an endpoint that may be called now
     * @throws NoEndpointsException if there is none, or none became known in time; the message says what each source
     *     answered
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits; it stays so
     * @throws IllegalStateException if the resolver is closed
     */
    Endpoint resolve();

    /**
     * Picks an endpoint, without counting a call and without blocking.
     *
     * @return completes with an endpoint, or fails as {@link #resolve} does
     */
    CompletableFuture<Endpoint> resolveAsync();

    /**
     * As {@link #resolve()}, for a key: balancers that go by keys pick the same endpoint for the same key as long as they can. All
     * others take no notice of it.
     *
     * @param key such as the name of a user or of a session
     * @return an endpoint that may be called now
     */
    Endpoint resolve(String key);

    /**
     * Picks an endpoint for one call, which counts as in flight until the lease is closed. One that fails is left alone only where the lease
     * is told: {@link Lease#failure}.
     *
     * @return the lease: close it
     * @throws NoEndpointsException if there is none, or none became known in time; the message says what each source
     *     answered
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits; it stays so
     * @throws IllegalStateException if the resolver is closed
     */
    Lease acquire();

    /**
     * Picks an endpoint for one call, without blocking.
     *
     * @return completes with a lease to close, or fails as {@link #acquire} does
     */
    CompletableFuture<Lease> acquireAsync();

    /**
     * As {@link #acquire()}, for a key as in {@link #resolve(String)}.
     *
     * @param key such as the name of a user or of a session
     * @return the lease: close it
     */
    Lease acquire(String key);

    /**
     * As {@link #acquire(String)}, without blocking.
     *
     * @param key such as the name of a user or of a session
     * @return completes with a lease to close, or fails as {@link #acquire} does
     */
    CompletableFuture<Lease> acquireAsync(String key);

    /**
     * Picks an endpoint for one call as {@link #acquire()} does, without making an object: for whoever has one of its own
     * for each call, and makes so many that it matters. The call counts as in flight until {@link Candidate#end} is called,
     * which nobody but the caller makes sure of: once, and no more than once.
     *
     * @return where to call; the same object for all calls to that endpoint
     * @throws NoEndpointsException if there is none, or none became known in time; the message says what each source
     *     answered
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits; it stays so
     * @throws IllegalStateException if the resolver is closed
     */
    Candidate begin();

    /**
     * Makes a call by any client, and makes it again on another endpoint where that helps and does no harm: as
     * {@link #call(CallOptions, EndpointCall)} with the default options, so only if no connection came about, which it knows of
     * the JDK, JDBC and gRPC.
     *
     * @param call makes the call to the endpoint that it is given, and does nothing else
     * @param <T> what comes of it
     * @param <X> how it fails
     * @return what came of it
     * @throws X the failure of the last attempt, also where the thread is interrupted while it waits for the next one
     * @throws NoEndpointsException if there is no endpoint
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits for the first endpoint; it stays so
     */
    default <T, X extends Exception> T call(EndpointCall<T, X> call) throws X {
        return call(CallOptions.DEFAULT, call);
    }

    /**
     * Makes a call by any client, and makes it again on another endpoint where that helps and does no harm, by the
     * resolver's {@link io.serviceresolver.call.RetryPolicy}. Each attempt counts as in flight until the call returns,
     * and how it ended is reported: what a failure says of its endpoint is told by
     * {@link io.serviceresolver.call.Outcome#of(Throwable)}, for the JDK, JDBC and gRPC, or by {@link CallOptions#outcomes}. Blocks; nothing
     * interrupts an attempt, and there is none beside it.
     *
     * @param options whether it may be repeated, and how long it may take
     * @param call makes the call to the endpoint that it is given, and does nothing else
     * @param <T> what comes of it
     * @param <X> how it fails
     * @return what came of it
     * @throws X the failure of the last attempt, also where the thread is interrupted while it waits for the next one
     * @throws NoEndpointsException if there is no endpoint
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits for the first endpoint; it stays so
     */
    <T, X extends Exception> T call(CallOptions options, EndpointCall<T, X> call) throws X;

    /**
     * As {@link #call(CallOptions, EndpointCall)}, without blocking.
     *
     * @param options whether it may be repeated, and how long it may take
     * @param call starts the call to the endpoint that it is given; where that is a future, it is cancelled when the
     *     returned one is, or when time is over
     * @param <T> what comes of it
     * @return completes with what came of it, or with the failure of the last attempt
     */
    <T> CompletableFuture<T> callAsync(
            CallOptions options, Function<? super Endpoint, ? extends CompletionStage<T>> call);

    /**
     * The attempts at one call, for whoever makes them by hand.
     *
     * @param options whether the call may be repeated, and how long it may take
     * @return the attempts, none of them made yet
     */
    Attempts attempts(CallOptions options);

    /**
     * All endpoints known, whatever their conditions; an empty set while none are. Does not wait. To ask is to use the handle:
     * a service that was let go is followed again.
     */
    EndpointSet endpoints();

    /**
     * The endpoints that calls may go to as long as all of them are healthy: those of {@link #endpoints} that kube-proxy would
     * choose from here, and of these the ones that this client uses, whatever their priority; in the order of the set, but for priorities
     * and subsets. For whoever balances calls by other means. Does not wait. To ask is to use the handle, as by {@link #endpoints}.
     */
    List<Endpoint> eligible();

    /** How good what is known is at this moment. Does not wait. To ask is to use the handle, as by {@link #endpoints}. */
    ServiceState state();

    /** Figures for metrics. Each is read when it is asked for. */
    ServiceStats stats();

    /**
     * Why this handle picks from the endpoints it picks from, for a person or for support: each endpoint that the source
     * in use knows of, and which filter left it out. Looking changes nothing: a service that was let go is not followed
     * anew. It takes as much work as there are endpoints.
     *
     * @return completes with how things are at one moment, or fails with an {@link IllegalStateException} if the resolver
     *     is closed
     */
    CompletableFuture<Explanation> explain();

    /**
     * Asks the source in use anew, past all that it remembers, and compares what it is told with what is in use here, for
     * the whole service even where this handle is a subset. It changes nothing of what is in use, and costs the source a
     * request or more each time.
     *
     * @return completes with the differences; or fails: with an {@link UnsupportedOperationException} if the source in use
     *     cannot be asked anew, with an {@link IllegalStateException} if no source is in use, if it could not be asked or if
     *     the resolver is closed, and with a {@link java.util.concurrent.TimeoutException} after 30 seconds
     */
    CompletableFuture<Drift> drift();

    /**
     * The part of this service whose endpoints bear certain labels, live as they change. Calls in flight are counted
     * together with those of this handle.
     *
     * @param selector such as {@code ver=v2,tier in (web)}
     * @return a handle that picks from that part only
     */
    ServiceHandle subset(LabelSelector selector);

    /**
     * As {@link #subset(LabelSelector)}.
     *
     * @param selector in the API server's notation
     * @return a handle that picks from that part only
     * @throws IllegalArgumentException if the selector is not valid
     */
    default ServiceHandle subset(String selector) {
        return subset(LabelSelector.parse(selector));
    }

    /**
     * Waits until an endpoint can be picked.
     *
     * @param timeout how long at most
     * @throws NoEndpointsException if there is none by then
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits; it stays so
     * @throws IllegalStateException if the resolver is closed
     */
    void awaitReady(Duration timeout);

    /**
     * When an endpoint can be picked, without blocking.
     *
     * @param timeout how long to wait at most
     * @return completes when an endpoint can be picked, or fails as {@link #awaitReady} does
     */
    CompletableFuture<Void> awaitReadyAsync(Duration timeout);

    /**
     * Calls a listener with the set known now, and with each later one. It is called by a thread of its own kind, one
     * set at a time: a slow listener gets the newest set and misses those in between; what it throws is logged.
     *
     * @param listener takes the sets
     * @return ends it
     */
    Subscription addListener(Consumer<EndpointSet> listener);
}
