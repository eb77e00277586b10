package io.serviceresolver;

import io.serviceresolver.check.EndpointCheck;
import io.serviceresolver.check.ServiceChecks;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.filter.EndpointFilter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps out the endpoints that active checks find unhealthy, unless too few would be left. */
record CheckFilter(HostTable table, Map<Host, EndpointCheck> checked, ServiceChecks checks) implements EndpointFilter {

    @Override
    public String name() {
        return "check";
    }

    @Override
    public List<Endpoint> apply(List<Endpoint> endpoints) {
        List<Endpoint> healthy = healthy(endpoints);
        return isPanic(healthy, endpoints) ? endpoints : healthy;
    }

    private List<Endpoint> healthy(List<Endpoint> endpoints) {
        return endpoints.stream().filter(one -> !isUnhealthy(one)).toList();
    }

    private boolean isUnhealthy(Endpoint endpoint) {
        EndpointCheck check = check(endpoint);
        return check == null ? checks.isUnhealthyAtFirst() : check.isUnhealthy();
    }

    /** Null where it came a moment ago. */
    private @Nullable EndpointCheck check(Endpoint endpoint) {
        return checked.get(table.host(endpoint));
    }

    private boolean isPanic(List<Endpoint> healthy, List<Endpoint> endpoints) {
        return new Panic(checks.maxUnhealthy()).isAt(healthy.size(), endpoints.size());
    }

    @Override
    public String reason(Endpoint dropped) {
        EndpointCheck check = check(dropped);
        return check == null ? "not checked yet" : check.reason();
    }

    @Override
    public String note(List<Endpoint> endpoints) {
        List<Endpoint> healthy = healthy(endpoints);
        return isPanic(healthy, endpoints)
                ? "panic: checks find " + (endpoints.size() - healthy.size()) + " of " + endpoints.size()
                        + " endpoints unhealthy, all are used"
                : "";
    }
}
