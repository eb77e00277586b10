package io.serviceresolver.examples;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.PodServer;

/**
 * A Pod that runs: an HTTP server of this process that answers each call with its name.
 *
 * @param name the name of the Pod
 * @param server what runs in it
 */
record RunningPod(String name, PodServer server) {

    /** Whether an endpoint is this Pod. */
    boolean is(Endpoint endpoint) {
        return endpoint.podName().filter(name::equals).isPresent();
    }
}
