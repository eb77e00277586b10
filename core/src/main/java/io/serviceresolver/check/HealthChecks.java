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

    /** How many checks are made at one time, for all services together: 32 by default. Others wait for their turn. */
    default int maxInFlight() {
        return 32;
    }

    /**
     * These checks, with another number of them at one time.
     *
     * @param number 1 or more
     * @return the new checks
     * @throws IllegalArgumentException if it is less than 1
     */
    default HealthChecks withMaxInFlight(int number) {
        return new LimitedChecks(this, number);
    }

    /** No service is checked. */
    static HealthChecks none() {
        return service -> Optional.empty();
    }
}
