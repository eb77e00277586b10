package io.serviceresolver;

/**
 * Hears which services a resolver follows. Called by the resolver's own thread, one call at a time: it must not block.
 * What it throws is logged and changes nothing.
 */
public interface ResolverListener {

    /**
     * A service is followed from now on.
     *
     * @param service its handle
     */
    void serviceAdded(ServiceHandle service);

    /**
     * A service is no longer followed, as nobody used it.
     *
     * @param service its handle
     */
    void serviceRemoved(ServiceHandle service);

    /** The resolver is closed: nothing more is told. All services were removed before. */
    default void resolverClosed() {}
}
