package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import java.util.List;

/** What a route makes of what is known. */
sealed interface RouteAnswer {

    /**
     * These are to be called.
     *
     * @param endpoints all of them, possibly none
     */
    record Endpoints(List<Endpoint> endpoints) implements RouteAnswer {}

    /**
     * The Service has no such route, or not to this port or family.
     *
     * @param reason what is wrong, in the form {@code name: value (expected: ...)}
     */
    record Refused(String reason) implements RouteAnswer {}

    /**
     * Something that it takes cannot be known.
     *
     * @param reason why not, and what to do about it
     */
    record Unavailable(String reason) implements RouteAnswer {}

    /** Something that it takes is not known yet. */
    record Waiting() implements RouteAnswer {}
}
