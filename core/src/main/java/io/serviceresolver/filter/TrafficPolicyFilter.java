package io.serviceresolver.filter;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.endpoint.TopologyDetector;
import io.serviceresolver.text.Printable;
import java.util.List;

/** All endpoints, or those of our own node: as the Service's {@code internalTrafficPolicy} says. */
record TrafficPolicyFilter(InternalTrafficPolicy policy, Topology place) implements EndpointFilter {

    private static final String UNKNOWN_NODE =
            "internalTrafficPolicy is Local, and our node is not known (set the variable " + TopologyDetector.NODE
                    + " by fieldRef spec.nodeName)";

    @Override
    public String name() {
        return "traffic policy";
    }

    @Override
    public List<Endpoint> apply(List<Endpoint> endpoints) {
        return policy == InternalTrafficPolicy.CLUSTER ? endpoints : EndpointFilters.only(endpoints, this::isOnOurNode);
    }

    private boolean isOnOurNode(Endpoint endpoint) {
        return place.node().isPresent() && place.node().equals(endpoint.nodeName());
    }

    @Override
    public String reason(Endpoint dropped) {
        return place.node()
                .map(ours -> "internalTrafficPolicy is Local: on "
                        + dropped.nodeName()
                                .map(its -> "node " + Printable.of(its))
                                .orElse("no known node")
                        + ", ours is " + Printable.of(ours))
                .orElse(UNKNOWN_NODE);
    }

    @Override
    public String note(List<Endpoint> endpoints) {
        if (endpoints.isEmpty() || !apply(endpoints).isEmpty()) {
            return "";
        }
        return place.node()
                .map(ours -> "internalTrafficPolicy is Local, and none of " + endpoints.size()
                        + " endpoints is on our node " + Printable.of(ours))
                .orElse(UNKNOWN_NODE);
    }
}
