package io.serviceresolver.check;

import io.serviceresolver.endpoint.Target;
import java.util.Optional;

/** Which check the endpoints of a service undergo. A {@link HealthCheck} is one for all services alike. */
@FunctionalInterface
public interface HealthChecks {

    /**
     * The check for a service. Asked once for each service, when it is first used, by any thread: it must not block.
     *
     * @param service the service, or the selection of Pods
     * @return the check; empty for none
     */
    Optional<HealthCheck> of(Target service);

    /** No service is checked. */
    static HealthChecks none() {
        return service -> Optional.empty();
    }
}
