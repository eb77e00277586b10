package io.serviceresolver.call;

import io.serviceresolver.endpoint.Endpoint;

/**
 * What is to be done with an endpoint: one call by any client.
 *
 * @param <T> what comes of it
 * @param <X> how it fails
 */
@FunctionalInterface
public interface EndpointCall<T, X extends Exception> {

    /**
     * Makes the call.
     *
     * @param endpoint whom to call
     * @return what came of it
     * @throws X if it failed
     */
    T call(Endpoint endpoint) throws X;
}
