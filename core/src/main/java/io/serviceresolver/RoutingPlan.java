package io.serviceresolver;

import io.serviceresolver.endpoint.Endpoint;
import java.util.List;
import java.util.function.Function;

/**
 * What follows from a routing policy for the endpoints of one handle at one moment. Immutable.
 *
 * @param levels what it was made of
 * @param tiers where calls go, in the order of preference
 * @param spare where they could go besides, in the order of preference: tiers that get no calls
 * @param onTrial who gets a call at a time besides, of those that are left alone
 * @param panic whether too few are healthy
 * @param notes what is to be said of all endpoints together
 */
record RoutingPlan(
        List<RoutingLevel> levels,
        List<Tier> tiers,
        List<Tier> spare,
        List<Host> onTrial,
        boolean panic,
        List<String> notes) {

    /** Where there is nothing to plan for. */
    static final RoutingPlan NONE = new RoutingPlan(List.of(), List.of(), List.of(), List.of(), false, List.of());

    /**
     * What one thing that endpoints are chosen by has left.
     *
     * @param name what it goes by
     * @param passed the hosts that it left
     * @param reason why it left out another one
     */
    record Stage(String name, List<Host> passed, Function<Host, String> reason) {}

    /** The endpoints that would be chosen from if all were healthy. */
    List<Endpoint> eligible() {
        return levels.stream()
                .flatMap(level -> level.used().stream())
                .map(Host::endpoint)
                .toList();
    }

    /** All hosts that get calls. */
    List<Host> hosts() {
        return tiers.size() == 1
                ? tiers.get(0).hosts()
                : tiers.stream().flatMap(tier -> tier.hosts().stream()).toList();
    }
}
