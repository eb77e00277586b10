package io.serviceresolver;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.filter.EndpointFilter;
import io.serviceresolver.filter.EndpointFilters;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a handle picks from of all that is known, and how. Confined to the event loop. */
final class HandleChoice {

    private final Balancer balancer;
    private final SourceContext context;
    private final FeedHealth health;
    private final FeedWeights weights;
    private final Affinity affinity = new Affinity();

    private List<Host> hosts = List.of();
    /** What those weighed when the balancer was told of them. */
    private double[] weighed = {};

    private Duration sessionAffinity = Duration.ZERO;

    /** What the balancer made of the hosts; null where there are none. */
    private @Nullable Picker balanced;

    /** The same, kept to one endpoint where the Service has session affinity. */
    private @Nullable Picker picker;

    private String obstacle = "";

    HandleChoice(Balancer balancer, SourceContext context, FeedHealth health, FeedWeights weights) {
        this.balancer = balancer;
        this.context = context;
        this.health = health;
        this.weights = weights;
    }

    /** Chooses anew. */
    void update(EndpointSet set, HostTable table) {
        List<EndpointFilter> filters = filters(set.traits(), table);
        List<Host> chosen = table.hosts(EndpointFilters.apply(filters, set.endpoints()));
        Duration affinityNow = set.traits().sessionAffinity();
        double[] weighedNow = weights.of(chosen);
        boolean sameHosts = chosen.equals(hosts) && Arrays.equals(weighedNow, weighed);
        if (!sameHosts) {
            hosts = chosen;
            weighed = weighedNow;
            balanced = chosen.isEmpty() ? null : balancer.update(chosen);
        }
        if (!sameHosts || !affinityNow.equals(sessionAffinity)) {
            sessionAffinity = affinityNow;
            picker = bound(balanced);
        }
        obstacle = chosen.isEmpty() ? obstacle(filters, set.endpoints()) : "";
    }

    private @Nullable Picker bound(@Nullable Picker chosen) {
        if (sessionAffinity.isZero()) {
            affinity.retain(Set.of());
            return chosen;
        }
        affinity.retain(hosts);
        return chosen == null
                ? null
                : new StickyPicker(chosen, Set.copyOf(hosts), affinity, context.ticker(), sessionAffinity.toNanos());
    }

    /** The filters that choose, as things are now. */
    List<EndpointFilter> filters(ServiceTraits traits, HostTable table) {
        List<EndpointFilter> filters = new ArrayList<>(EndpointFilters.choice(traits, place()));
        filters.addAll(health.filters(table));
        return filters;
    }

    /** The hosts that would be chosen from if all were healthy. */
    List<Host> eligible(EndpointSet set, HostTable table) {
        return table.hosts(EndpointFilters.apply(EndpointFilters.choice(set.traits(), place()), set.endpoints()));
    }

    FeedWeights weights() {
        return weights;
    }

    /** Where this process runs, as far as that is known. */
    Topology place() {
        return context.topology().current();
    }

    /** What those filters have to say that left nothing. */
    private static String obstacle(List<EndpointFilter> filters, List<Endpoint> endpoints) {
        List<String> notes = new ArrayList<>();
        List<Endpoint> left = endpoints;
        for (EndpointFilter filter : filters) {
            notes.add(filter.note(left));
            left = filter.apply(left);
        }
        notes.removeIf(String::isEmpty);
        return String.join("; ", notes);
    }

    Balancer balancer() {
        return balancer;
    }

    List<Host> hosts() {
        return hosts;
    }

    @Nullable
    Picker picker() {
        return picker;
    }

    /** Why there is nothing to pick although endpoints are known; empty where that is plain. */
    String obstacle() {
        return obstacle;
    }
}
