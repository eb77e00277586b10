package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.filter.EndpointFilter;
import java.util.List;

/** Keeps out the endpoints that active checks find unhealthy, unless too few would be left. */
record CheckFilter(HostTable table, FeedChecks checks) implements EndpointFilter {

    private static final Panic PANIC = new Panic(0.5);

    @Override
    public String name() {
        return "check";
    }

    @Override
    public List<Endpoint> apply(List<Endpoint> endpoints) {
        List<Endpoint> healthy = healthy(endpoints);
        return PANIC.isAt(healthy.size(), endpoints.size()) ? endpoints : healthy;
    }

    private List<Endpoint> healthy(List<Endpoint> endpoints) {
        return endpoints.stream()
                .filter(one -> !checks.isUnhealthy(table.host(one)))
                .toList();
    }

    @Override
    public String reason(Endpoint dropped) {
        return checks.reason(table.host(dropped));
    }

    @Override
    public String note(List<Endpoint> endpoints) {
        int healthy = healthy(endpoints).size();
        return PANIC.isAt(healthy, endpoints.size())
                ? "panic: checks find " + (endpoints.size() - healthy) + " of " + endpoints.size()
                        + " endpoints unhealthy, all are used"
                : "";
    }
}
