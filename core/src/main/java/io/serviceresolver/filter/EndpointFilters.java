package io.serviceresolver.filter;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.selector.LabelSelector;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The filters that come with the library. One after the other they choose as kube-proxy does for a ClusterIP. */
public final class EndpointFilters {

    private EndpointFilters() {}

    /**
     * The endpoints that kube-proxy would choose from on our node: {@link #trafficPolicy}, then {@link #conditions}, then
     * {@link #hints}.
     *
     * @param traits what the Service states
     * @param place where this process runs
     * @return the filters, in the order in which they apply
     */
    public static List<EndpointFilter> choice(ServiceTraits traits, Topology place) {
        InternalTrafficPolicy policy = traits.internalTrafficPolicy();
        return List.of(trafficPolicy(policy, place), conditions(), hints(policy, place));
    }

    /**
     * What {@link #choice} leaves of a set: the very list of the set where that is all of it.
     *
     * @param set all endpoints of a Service, or those of a part of it
     * @param place where this process runs
     * @return those that all filters let through, in the same order
     */
    public static List<Endpoint> choose(EndpointSet set, Topology place) {
        InternalTrafficPolicy policy = set.traits().internalTrafficPolicy();
        List<Endpoint> left = trafficPolicy(policy, place).apply(set.endpoints());
        // Where all are ready, their conditions need no look at each.
        List<Endpoint> callable =
                set.readyCount() == set.size() ? left : conditions().apply(left);
        return hints(policy, place).apply(callable);
    }

    /**
     * Whether {@link #choice} leaves any endpoint of a set.
     *
     * @param set all endpoints of a Service, or those of a part of it
     * @param place where this process runs
     * @return true where it does
     */
    public static boolean leavesAny(EndpointSet set, Topology place) {
        // Hints leave some of what they are applied to, so that one ready endpoint is enough if the traffic policy
        // takes it.
        boolean anyReady =
                set.readyCount() > 0 && set.traits().internalTrafficPolicy() == InternalTrafficPolicy.CLUSTER;
        return anyReady || !choose(set, place).isEmpty();
    }

    /**
     * The endpoints with certain labels.
     *
     * @param selector the labels asked for
     * @return the filter
     */
    public static EndpointFilter subset(LabelSelector selector) {
        return new SubsetFilter(selector);
    }

    /**
     * The endpoints that a Service lets callers on our node use ({@code internalTrafficPolicy}, KEP-2086): all, or those
     * on the same node. Where the policy is local and our node is not known, none.
     *
     * @param policy what the Service states
     * @param place where this process runs
     * @return the filter
     */
    public static EndpointFilter trafficPolicy(InternalTrafficPolicy policy, Topology place) {
        return new TrafficPolicyFilter(policy, place);
    }

    /**
     * The ready endpoints; where there are none, those that still serve while they terminate (KEP-1669, Proxy Terminating
     * Endpoints).
     */
    public static EndpointFilter conditions() {
        return new ConditionsFilter();
    }

    /**
     * The endpoints that are hinted for our node; else those hinted for our zone; else all (KEP-2433, KEP-3015). Hints of a
     * kind count only where every endpoint has one of that kind, and one of them names our place. They do not count where
     * no endpoint is ready, nor where the traffic policy is local.
     *
     * @param policy what the Service states
     * @param place where this process runs
     * @return the filter, to be applied to what {@link #conditions} leaves
     */
    public static EndpointFilter hints(InternalTrafficPolicy policy, Topology place) {
        return new HintsFilter(policy, place);
    }

    /** Those wanted: the very list where all of them are. */
    static List<Endpoint> only(List<Endpoint> endpoints, Predicate<Endpoint> wanted) {
        int first = 0;
        while (first < endpoints.size() && wanted.test(endpoints.get(first))) {
            first++;
        }
        if (first == endpoints.size()) {
            return endpoints;
        }
        Stream<Endpoint> others = endpoints.stream().skip(first + 1L).filter(wanted);
        return Stream.concat(endpoints.stream().limit(first), others).toList();
    }
}
