package io.serviceresolver.source;

import io.serviceresolver.endpoint.PodSelection;
import io.serviceresolver.endpoint.ServiceName;

/**
 * A way to learn the endpoints of services. One source serves all services of one resolver, and may hold what they
 * share, such as a connection.
 *
 * <p>Rules for an implementation:
 *
 * <ul>
 *   <li>{@link #subscribe} is called on the resolver's scheduler thread and must not block: whatever waits is started
 *       there and answers later.
 *   <li>An answer is complete. While parts of a set are missing, the source says nothing, or repeats what it knew.
 *   <li>A source repairs itself: after {@link SourceAnswer.Unavailable} it goes on trying, with jittered back-off,
 *       until the subscription is closed, unless it said that this is {@linkplain SourceAnswer.Unavailable#forGood for
 *       good}.
 *   <li>Time, timers and randomness come from the {@link SourceContext} alone.
 *   <li>Sets of one subscription follow one another by {@code EndpointSet.next}, so that endpoints keep their identity.
 * </ul>
 */
public interface EndpointSource extends AutoCloseable {

    /**
     * What this source is called in errors, metrics and the log.
     *
     * @return one lower-case word, such as {@code watch}, {@code dns} or {@code environment}
     */
    String name();

    /**
     * Starts to follow one service.
     *
     * @param service the service; the port of each endpoint is the one that this name's port means
     * @param context time, timers, randomness and names
     * @param listener takes the answers: the first one as soon as anything is known, even that nothing can be known
     * @return ends it
     */
    SourceSubscription subscribe(ServiceName service, SourceContext context, SourceListener listener);

    /**
     * Starts to follow the Pods that a selector finds. By default the answer is that this source never can.
     *
     * @param pods the Pods
     * @param context time, timers, randomness and names
     * @param listener takes the answers
     * @return ends it
     */
    default SourceSubscription subscribe(PodSelection pods, SourceContext context, SourceListener listener) {
        listener.onAnswer(SourceAnswer.Unavailable.forGood("Pods cannot be selected by their labels"));
        return () -> {};
    }

    /** How many requests this source has sent to the outside so far, for metrics; by default it is not counted: 0. */
    default long requests() {
        return 0;
    }

    /**
     * Who wrote the addresses that this source gives.
     *
     * @return by default {@link Origin#REMOTE}
     */
    default Origin origin() {
        return Origin.REMOTE;
    }

    /** Frees what the source holds. Called once, after all subscriptions were closed; by default there is nothing. */
    @Override
    default void close() {}

    /** Who wrote the addresses of a source. */
    enum Origin {
        /** This program. Any address is taken. */
        LOCAL,
        /** Others: addresses no Pod can have, such as loopback, are refused unless they were allowed. */
        REMOTE
    }
}
