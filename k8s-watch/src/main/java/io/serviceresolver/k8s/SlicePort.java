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

    /** Stands for the port of endpoints that have none. */
    static final SlicePort NONE = new SlicePort("", 1, null);

    /** For people: {@code http 8080}. */
    String shown() {
        return (name.isEmpty() ? "(unnamed)" : name) + " " + number;
    }
}
