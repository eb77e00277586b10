package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.filter.EndpointFilter;
import java.util.List;
import java.util.Locale;

/**
 * Keeps out the endpoints that are left alone because calls to them failed. Where those are more than may be, as when
 * others went away since, all are used (Envoy's panic mode).
 *
 * @param anyEjected whether an endpoint was ever ejected; else none is looked at
 */
record EjectionFilter(HostTable table, boolean anyEjected, double maxEjected, long nowNanos) implements EndpointFilter {

    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public String name() {
        return "health";
    }

    @Override
    public List<Endpoint> apply(List<Endpoint> endpoints) {
        List<Endpoint> healthy = healthy(endpoints);
        return isPanic(healthy, endpoints) ? endpoints : healthy;
    }

    private List<Endpoint> healthy(List<Endpoint> endpoints) {
        if (!anyEjected) {
            return endpoints;
        }
        return endpoints.stream()
                .filter(one -> !table.host(one).health().isEjected())
                .toList();
    }

    private boolean isPanic(List<Endpoint> healthy, List<Endpoint> endpoints) {
        return new Panic(maxEjected).isAt(healthy.size(), endpoints.size());
    }

    @Override
    public String reason(Endpoint dropped) {
        return table.host(dropped)
                .health()
                .ejection()
                .map(ejection -> String.format(
                        Locale.ROOT,
                        "left alone for %.1f s more: %s",
                        Math.max(0, ejection.untilNanos() - nowNanos) / NANOS_PER_SECOND,
                        ejection.reason()))
                .orElse("");
    }

    @Override
    public String note(List<Endpoint> endpoints) {
        List<Endpoint> healthy = healthy(endpoints);
        return isPanic(healthy, endpoints)
                ? "panic: " + (endpoints.size() - healthy.size()) + " of " + endpoints.size()
                        + " endpoints would be left alone, all are used"
                : "";
    }
}
