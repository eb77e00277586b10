package io.serviceresolver;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Picker;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.filter.EndpointFilter;
import io.serviceresolver.filter.EndpointFilters;
import io.serviceresolver.health.Trial;
import io.serviceresolver.source.SourceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a handle picks from of all that is known, and how. Confined to the event loop. */
final class HandleChoice {

    private static final Logger log = LoggerFactory.getLogger(HandleChoice.class);

    private final TierBalancers balancers;
    private final SourceContext context;
    private final FeedRouting routing;
    private final Affinity affinity = new Affinity();

    private RoutingPlan plan = RoutingPlan.NONE;
    private List<Host> hosts = List.of();
    private Duration sessionAffinity = Duration.ZERO;

    /** What picks from all tiers, kept to one endpoint where the Service has session affinity; null where there is nothing. */
    private @Nullable Picker picker;

    private String obstacle = "";

    HandleChoice(TierBalancers balancers, SourceContext context, FeedRouting routing) {
        this.balancers = balancers;
        this.context = context;
        this.routing = routing;
    }

    /** Chooses anew. */
    void update(EndpointSet set, HostTable table) {
        RoutingPlan before = plan;
        RoutingPlanner planner = routing.planner(place());
        List<RoutingLevel> levels = levels(planner, set, table);
        plan = planner.plan(levels);
        Duration affinityNow = set.traits().sessionAffinity();
        boolean changed = balancers.update(plan);
        if (changed) {
            hosts = plan.hosts();
        }
        // Trials may be others although those on trial are the same: wrapped anew as long as there are any.
        boolean trials = !before.onTrial().isEmpty()
                || levels.stream().anyMatch(level -> !level.onTrial().isEmpty());
        if (changed || trials || !affinityNow.equals(sessionAffinity)) {
            sessionAffinity = affinityNow;
            picker = picker(balancers.picker());
            passOver(levels);
        }
        obstacle = hosts.isEmpty() ? obstacle(set) : "";
        if (plan.panic() != before.panic()) {
            log.info("{}: {}", routing.target(), plan.panic() ? String.join("; ", plan.notes()) : "no panic any more");
        }
    }

    private @Nullable Picker picker(@Nullable Picker chosen) {
        affinity.retain(isSticky() ? hosts : Set.of());
        if (chosen == null) {
            return null;
        }
        return isSticky()
                ? new StickyPicker(
                        chosen,
                        Set.copyOf(hosts),
                        affinity,
                        context.ticker(),
                        TimeUnit.NANOSECONDS.convert(sessionAffinity))
                : TrialPicker.of(chosen, plan.onTrial());
    }

    private boolean isSticky() {
        return !sessionAffinity.isZero();
    }

    /** Trials that no call of this handle decides are not to wait for one. */
    private void passOver(List<RoutingLevel> levels) {
        Set<Host> called = isSticky() ? Set.of() : Set.copyOf(plan.onTrial());
        for (RoutingLevel level : levels) {
            for (Host host : level.onTrial()) {
                if (!called.contains(host)) {
                    host.health().trial().ifPresent(Trial::passOver);
                }
            }
        }
    }

    /** The filters that choose before the routing policy does, as things are now. */
    List<EndpointFilter> filters(ServiceTraits traits) {
        return EndpointFilters.choice(traits, place());
    }

    /** What follows from the routing policy, as things are now. */
    RoutingPlan plan(EndpointSet set, HostTable table) {
        RoutingPlanner planner = routing.planner(place());
        return planner.plan(levels(planner, set, table));
    }

    /** How it came to a plan, for each endpoint, as things are now. */
    List<RoutingPlan.Stage> stages(EndpointSet set, HostTable table, RoutingPlan made) {
        RoutingPlanner planner = routing.planner(place());
        return planner.stages(levels(planner, set, table), made);
    }

    private List<RoutingLevel> levels(RoutingPlanner planner, EndpointSet set, HostTable table) {
        List<Endpoint> left = EndpointFilters.choose(set, place());
        return planner.levels(table.hosts(left), set.endpoints());
    }

    /** The hosts that would be chosen from if all were healthy. */
    List<Host> eligible(EndpointSet set, HostTable table) {
        return levels(routing.planner(place()), set, table).stream()
                .flatMap(level -> level.used().stream())
                .toList();
    }

    FeedWeights weights() {
        return routing.weights();
    }

    /** Where this process runs, as far as that is known. */
    Topology place() {
        return context.topology().current();
    }

    /** What those have to say that left nothing. */
    private String obstacle(EndpointSet set) {
        List<String> notes = new ArrayList<>();
        List<Endpoint> left = set.endpoints();
        for (EndpointFilter filter : filters(set.traits())) {
            notes.add(filter.note(left));
            left = filter.apply(left);
        }
        notes.addAll(plan.notes());
        notes.removeIf(String::isEmpty);
        return String.join("; ", notes);
    }

    List<Balancer> balancers() {
        return balancers.balancers();
    }

    RoutingPlan plan() {
        return plan;
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
