package io.serviceresolver.endpoint;

/**
 * The conditions of an endpoint, as an EndpointSlice states them (Kubernetes API, {@code discovery.k8s.io/v1}), with
 * the defaults for what it leaves out already applied.
 *
 * @param ready may be called: serving and not terminating, or its Service publishes Pods that are not ready
 * @param serving its Pod is ready, whether terminating or not
 * @param terminating its Pod is being deleted
 */
public record Conditions(boolean ready, boolean serving, boolean terminating) {

    /** Ready, serving, not terminating: also what an endpoint without any condition has. */
    public static final Conditions READY = new Conditions(true, true, false);

    /** Not ready, not serving, not terminating. */
    public static final Conditions NOT_READY = new Conditions(false, false, false);

    /** Terminating, and still serving. */
    public static final Conditions DRAINING = new Conditions(false, true, true);

    /** Terminating, and serving no more. */
    public static final Conditions GONE = new Conditions(false, false, true);
}
