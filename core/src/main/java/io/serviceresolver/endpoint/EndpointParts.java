package io.serviceresolver.endpoint;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that what endpoints have in common is in memory once: their node and zone, their labels, the beginning of their
 * names. For sources that make many endpoints; an endpoint that was made without it is equal, and larger. A part is
 * forgotten when no endpoint has it any more. Thread-safe.
 */
public final class EndpointParts {

    /** Guarded by the lock of this object. */
    private final Map<Object, WeakReference<Object>> known = new WeakHashMap<>();

    /** Starts without knowing any. */
    public EndpointParts() {}

    /**
     * An endpoint that shares what it can with those that were given before.
     *
     * @param endpoint an endpoint
     * @return one that is equal to it
     */
    public Endpoint share(Endpoint endpoint) {
        return endpoint.with(one(endpoint.placement()), one(endpoint.replica()));
    }

    /** The one that stands for all that are equal to this. */
    @SuppressWarnings("unchecked") // What is equal to a record is of its type.
    private synchronized <T> T one(T part) {
        WeakReference<Object> reference = known.get(part);
        @Nullable Object before = reference == null ? null : reference.get();
        if (before == null) {
            known.put(part, new WeakReference<>(part));
            return part;
        }
        return (T) before;
    }
}
