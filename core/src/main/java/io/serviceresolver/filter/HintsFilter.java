package io.serviceresolver.filter;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Hints;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.endpoint.TopologyDetector;
import io.serviceresolver.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The endpoints that are meant for our node, or for our zone. */
record HintsFilter(InternalTrafficPolicy policy, Topology place) implements EndpointFilter {

    @Override
    public String name() {
        return "hints";
    }

    @Override
    public List<Endpoint> apply(List<Endpoint> endpoints) {
        List<Endpoint> ours = meantFor(endpoints, Hints::nodes, place.nodeName());
        if (ours.isEmpty()) {
            ours = meantFor(endpoints, Hints::zones, place.zone());
        }
        return ours.isEmpty() || obstacle(endpoints).isPresent() ? endpoints : ours;
    }

    /** Why hints do not count, whatever they say. */
    private Optional<String> obstacle(List<Endpoint> endpoints) {
        if (policy == InternalTrafficPolicy.LOCAL) {
            return Optional.of("internalTrafficPolicy is Local");
        }
        boolean ready =
                endpoints.stream().allMatch(endpoint -> endpoint.conditions().ready());
        return ready ? Optional.empty() : Optional.of("no endpoint is ready");
    }

    /** Those meant for our place: none, where one endpoint has no hint of that kind or no hint names our place. */
    private static List<Endpoint> meantFor(
            List<Endpoint> endpoints, Function<Hints, Set<String>> kind, @Nullable String ours) {
        boolean counts = ours != null
                && endpoints.stream()
                        .noneMatch(endpoint -> kind.apply(endpoint.hints()).isEmpty());
        return counts
                ? EndpointFilters.only(
                        endpoints, endpoint -> kind.apply(endpoint.hints()).contains(ours))
                : List.of();
    }

    @Override
    public String reason(Endpoint dropped) {
        List<String> meant = new ArrayList<>();
        hinted("node ", dropped.hints().nodes()).ifPresent(meant::add);
        hinted("zone ", dropped.hints().zones()).ifPresent(meant::add);
        return "meant for " + String.join(" and ", meant) + "; ours is node " + shown(place.nodeName()) + ", zone "
                + shown(place.zone());
    }

    private static Optional<String> hinted(String kind, Set<String> places) {
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(kind + Printable.of(String.join(" or ", new TreeSet<>(places))));
    }

    private static String shown(@Nullable String ours) {
        return ours == null ? "not known" : Printable.of(ours);
    }

    @Override
    public String note(List<Endpoint> endpoints) {
        boolean any = endpoints.stream().anyMatch(endpoint -> !endpoint.hints().equals(Hints.NONE));
        if (!any) {
            return "";
        }
        Optional<String> obstacle = obstacle(endpoints);
        if (obstacle.isPresent()) {
            return "hints do not count: " + obstacle.get();
        }
        if (!meantFor(endpoints, Hints::nodes, place.nodeName()).isEmpty()
                || !meantFor(endpoints, Hints::zones, place.zone()).isEmpty()) {
            return "";
        }
        return "hints do not count: " + gap(endpoints);
    }

    /** Why hints for zones, which are the last resort, name nobody. */
    private String gap(List<Endpoint> endpoints) {
        long bare =
                endpoints.stream().filter(one -> one.hints().zones().isEmpty()).count();
        if (bare > 0) {
            return bare + " of " + endpoints.size() + " endpoints have none for a zone";
        }
        return place.zone() == null
                ? "our zone is not known (set the variable " + TopologyDetector.ZONE + ")"
                : "none is for our zone " + Printable.of(place.zone());
    }
}
