package io.serviceresolver.filter;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.selector.LabelSelector;
import java.util.List;
import java.util.function.Predicate;

/** The filters that come with the library. */
public final class EndpointFilters {

    private EndpointFilters() {}

    /**
     * What kube-proxy would choose from by the conditions: the ready endpoints; where there are none, those that still
     * serve while they terminate (KEP-1669, Proxy Terminating Endpoints).
     */
    public static EndpointFilter usable() {
        return EndpointFilters::usable;
    }

    /**
     * The endpoints with certain labels.
     *
     * @param selector the labels asked for
     * @return the filter
     */
    public static EndpointFilter subset(LabelSelector selector) {
        return endpoints -> only(endpoints, endpoint -> selector.matches(endpoint.labels()));
    }

    private static List<Endpoint> usable(List<Endpoint> endpoints) {
        List<Endpoint> ready = only(endpoints, endpoint -> endpoint.conditions().ready());
        return ready.isEmpty() ? only(endpoints, endpoint -> draining(endpoint.conditions())) : ready;
    }

    private static boolean draining(Conditions conditions) {
        return conditions.serving() && conditions.terminating();
    }

    private static List<Endpoint> only(List<Endpoint> endpoints, Predicate<Endpoint> wanted) {
        List<Endpoint> kept = endpoints.stream().filter(wanted).toList();
        return kept.size() == endpoints.size() ? endpoints : kept;
    }
}
