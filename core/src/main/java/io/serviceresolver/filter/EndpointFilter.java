package io.serviceresolver.filter;

import io.serviceresolver.endpoint.Endpoint;
import java.util.List;

/** Which of some endpoints may be chosen. A pure function: it keeps nothing and changes nothing. */
@FunctionalInterface
public interface EndpointFilter {

    /**
     * Filters.
     *
     * @param endpoints some endpoints
     * @return those that may be chosen, in the same order
     */
    List<Endpoint> apply(List<Endpoint> endpoints);
}
