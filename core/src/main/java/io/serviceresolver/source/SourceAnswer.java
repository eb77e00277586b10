package io.serviceresolver.source;

import io.serviceresolver.endpoint.EndpointSet;

/** What a source knows of a service: one of three things, never a part of a set, never null. */
public sealed interface SourceAnswer {

    /**
     * The service exists, and these are all its endpoints, whatever their conditions; there may be none.
     *
     * @param endpoints the complete set
     */
    record Found(EndpointSet endpoints) implements SourceAnswer {}

    /**
     * The source is sure that the service does not exist. What was known of it before no longer holds.
     *
     * @param reason how the source knows, for an error message: {@code NXDOMAIN}
     */
    record Absent(String reason) implements SourceAnswer {}

    /**
     * The source cannot tell. What it said before goes on holding, for want of better.
     *
     * @param reason why not, and what to do about it, for an error message and the log: one line, no secrets
     */
    record Unavailable(String reason) implements SourceAnswer {}
}
