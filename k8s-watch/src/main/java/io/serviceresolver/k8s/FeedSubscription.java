package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.EndpointLimit;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceListener;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener of a {@link ServiceFeed}, and what it was told. Used by the scheduler's thread, but for {@link #close}. */
final class FeedSubscription {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private final Target target;
    private final SourceListener listener;
    private final EndpointLimit limit;
    private final EndpointCache cache = new EndpointCache();
    private EndpointSet endpoints = EndpointSet.EMPTY;
    private @Nullable SourceAnswer told;

    /** Written once, by whoever closes. */
    private volatile boolean closed;

    FeedSubscription(Target target, SourceListener listener, EndpointLimit limit) {
        this.target = target;
        this.listener = listener;
        this.limit = limit;
    }

    /** The port that it means. */
    ServicePort port() {
        return target.port();
    }

    /** What it was given last, in case it is given that again. */
    EndpointCache cache() {
        return cache;
    }

    /** Those of these that it is given: all, unless there are too many. */
    Collection<Endpoint> limited(Collection<Endpoint> all) {
        return limit.limit(all);
    }

    /** The answer with these endpoints and traits: the same one as before where nothing changed. */
    SourceAnswer found(Collection<Endpoint> now, ServiceTraits traits) {
        endpoints = endpoints.next(limited(now), traits);
        return new SourceAnswer.Found(endpoints);
    }

    /** Tells the listener, unless it was told this very thing last. */
    void tell(SourceAnswer answer) {
        if (closed || answer.equals(told)) {
            return;
        }
        told = answer;
        try {
            listener.onAnswer(answer);
        } catch (RuntimeException e) {
            log.warn("{}: a listener failed", target, e);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Lets the listener hear nothing more. */
    void close() {
        closed = true;
    }
}
