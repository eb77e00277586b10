package io.serviceresolver.filter;

import io.serviceresolver.endpoint.Endpoint;
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
     * Filters by one filter after the other.
     *
     * @param filters the filters, in order
     * @param endpoints some endpoints
     * @return those that all filters let through, in the same order
     */
    public static List<Endpoint> apply(List<EndpointFilter> filters, List<Endpoint> endpoints) {
        List<Endpoint> left = endpoints;
        for (EndpointFilter filter : filters) {
            left = filter.apply(left);
        }
        return left;
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
