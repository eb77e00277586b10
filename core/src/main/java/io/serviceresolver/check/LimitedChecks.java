package io.serviceresolver.check;

import io.serviceresolver.endpoint.Target;
import io.serviceresolver.text.BadInput;
import java.util.Optional;

/** Other checks, a certain number of them at one time. */
record LimitedChecks(HealthChecks checks, int maxInFlight) implements HealthChecks {

    LimitedChecks {
        if (maxInFlight < 1) {
            throw BadInput.of("maxInFlight", Integer.toString(maxInFlight), "1 or more");
        }
    }

    @Override
    public Optional<HealthCheck> of(Target service) {
        return checks.of(service);
    }
}
