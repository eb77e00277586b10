package io.serviceresolver.source;

import java.util.Optional;

/**
 * How a module on the class path offers its source to a resolver with the default configuration. Found by
 * {@link java.util.ServiceLoader}; a resolver built by hand does not look.
 */
public interface EndpointSourceProvider {

    /**
     * Where this source stands among the others.
     *
     * @return the lower, the earlier it is asked: 100 for the watch, 200 for DNS, 300 for the environment
     */
    int order();

    /**
     * Makes the source, if there is reason to believe that it works where this process runs. Must not block.
     *
     * @return the source, or nothing where it cannot work, such as a watch outside a cluster
     */
    Optional<EndpointSource> create();
}
