package io.serviceresolver.endpoint;

/** Which endpoints a Service lets callers inside the cluster use ({@code spec.internalTrafficPolicy}, KEP-2086). */
public enum InternalTrafficPolicy {
    /** All of them; the default. */
    CLUSTER,
    /** Those on the caller's own node only: none, where it has none. */
    LOCAL
}
