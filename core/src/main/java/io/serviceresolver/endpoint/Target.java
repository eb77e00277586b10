package io.serviceresolver.endpoint;

/** What a handle picks from: the endpoints of a Service, or the Pods that a selector finds. */
public sealed interface Target permits ServiceName, PodSelection {

    /** The namespace that it is in. */
    String namespace();

    /** The port meant. */
    ServicePort port();
}
