package io.serviceresolver.filter;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import java.util.List;

/** The ready endpoints; where there are none, those that serve and terminate. */
record ConditionsFilter() implements EndpointFilter {

    @Override
    public String name() {
        return "conditions";
    }

    @Override
    public List<Endpoint> apply(List<Endpoint> endpoints) {
        List<Endpoint> ready = EndpointFilters.only(
                endpoints, endpoint -> endpoint.conditions().ready());
        return ready.isEmpty() ? EndpointFilters.only(endpoints, endpoint -> isDraining(endpoint.conditions())) : ready;
    }

    private static boolean isDraining(Conditions conditions) {
        return conditions.serving() && conditions.terminating();
    }

    @Override
    public String reason(Endpoint dropped) {
        Conditions conditions = dropped.conditions();
        if (isDraining(conditions)) {
            return "terminating, and others are ready";
        }
        return conditions.terminating() ? "terminating, and serving no more" : "not ready";
    }
}
