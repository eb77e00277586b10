package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceListener;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener of a {@link ServiceFeed}, and what it was told. Used by the scheduler's thread, but for {@link #close}. */
final class FeedSubscription {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);

    private final ServiceName name;
    private final SourceListener listener;
    private EndpointSet endpoints = EndpointSet.EMPTY;
    private @Nullable SourceAnswer told;

    /** Written once, by whoever closes. */
    private volatile boolean closed;

    FeedSubscription(ServiceName name, SourceListener listener) {
        this.name = name;
        this.listener = listener;
    }

    ServiceName name() {
        return name;
    }

    /** The answer with these endpoints and traits: the same one as before where nothing changed. */
    SourceAnswer found(Collection<Endpoint> now, ServiceTraits traits) {
        endpoints = endpoints.next(now, traits);
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
            log.warn("{}: a listener failed", name, e);
        }
    }

    /** Lets the listener hear nothing more. */
    void close() {
        closed = true;
    }
}
