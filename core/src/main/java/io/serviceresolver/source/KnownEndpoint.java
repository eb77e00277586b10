package io.serviceresolver.source;

import io.serviceresolver.endpoint.Endpoint;
import java.time.Duration;
import java.util.Optional;

/**
 * An endpoint, and how a source knows of it.
 *
 * @param endpoint the endpoint
 * @param object the object that states it, such as {@code EndpointSlice shield/skippy-7dqkm}
 * @param resourceVersion the version of that object; empty where it has none
 * @param age how long ago the source learnt of that version
 * @param leftOut why the source leaves it out of its set; empty where it does not
 */
public record KnownEndpoint(
        Endpoint endpoint, String object, String resourceVersion, Duration age, Optional<String> leftOut) {}
