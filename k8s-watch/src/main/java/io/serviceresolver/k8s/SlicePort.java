package io.serviceresolver.k8s;

import org.jspecify.annotations.Nullable;

/**
 * A TCP port of an EndpointSlice.
 *
 * @param name the name of the Service port, empty where it has none
 * @param number the port of the endpoints
 * @param appProtocol what the Service declares, if anything
 */
record SlicePort(String name, int number, @Nullable String appProtocol) {

    /** For people: {@code http 8080}. */
    String shown() {
        return (name.isEmpty() ? "(unnamed)" : name) + " " + number;
    }
}
