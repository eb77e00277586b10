package io.serviceresolver.http;

import io.serviceresolver.ServiceResolver;
import io.serviceresolver.call.Attempts;
import io.serviceresolver.call.CallOptions;
import io.serviceresolver.endpoint.ServiceName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The time of a relay: the resolver's, as long as that follows the service that was called by the relay last. A service
 * is not followed for the sake of a timer. Thread-safe.
 */
final class RelayTime {

    private final ServiceResolver resolver;

    /** Written by those who call. */
    private volatile ServiceName service;

    /** Written by the thread of the {@link RelayLoop}. */
    private volatile @Nullable Attempts attempts;

    RelayTime(ServiceResolver resolver, ServiceName service) {
        this.resolver = resolver;
        this.service = service;
    }

    /** A service is called by the relay. */
    void calls(ServiceName called) {
        service = called;
    }

    /** There is a connection of a call. */
    void connected() {
        try {
            attempts = resolver.service(service).attempts(CallOptions.DEFAULT);
        } catch (IllegalStateException closed) {
            // What was before has no time any more either.
        }
    }

    /** Completes when so much time is over, or fails at once if there is no time any more; may be cancelled. */
    CompletableFuture<Void> after(Duration wait) {
        Attempts of = attempts;
        return of == null
                ? CompletableFuture.failedFuture(new IllegalStateException("never connected"))
                : of.pause(wait);
    }
}
