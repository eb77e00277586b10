package io.serviceresolver;

import io.serviceresolver.RoutingPlan.Stage;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.endpoint.TopologyDetector;
import io.serviceresolver.routing.LocalityPolicy;
import io.serviceresolver.routing.PanicPolicy.Mode;
import io.serviceresolver.routing.RoutingPolicy;
import io.serviceresolver.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the plan of one moment by a routing policy. Used once. */
final class RoutingPlanner {

    private final RoutingPolicy policy;
    private final double threshold;
    private final double fitness;
    private final FeedHealth health;
    private final @Nullable String ownZone;
    private final Function<Host, String> zone;

    private final List<Tier> tiers = new ArrayList<>();
    private final List<Tier> spare = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Plans.
     *
     * @param threshold below which share of healthy endpoints panic begins
     * @param fitness how much of its fair share our zone may have, by how calls fare there: 0 to 1
     * @param place where this process runs
     * @param health which hosts are healthy
     */
    RoutingPlanner(RoutingPolicy policy, double threshold, double fitness, Topology place, FeedHealth health) {
        this.health = health;
        this.policy = policy;
        this.threshold = threshold;
        this.fitness = fitness;
        this.ownZone = policy.locality().isEnabled() ? place.zone() : null;
        this.zone =
                ownZone == null ? host -> "" : host -> host.endpoint().zone().orElse("");
    }

    /**
     * The levels, the first one first.
     *
     * @param eligible the hosts that may be called
     * @param all all endpoints
     */
    List<RoutingLevel> levels(List<Host> eligible, List<Endpoint> all) {
        if (policy.priorities().isEmpty()) {
            return List.of(level(0, eligible, 0));
        }
        Map<Integer, List<Host>> hosts = new TreeMap<>();
        eligible.forEach(host -> hosts.computeIfAbsent(priority(host.endpoint()), key -> new ArrayList<>())
                .add(host));
        Map<Integer, Integer> notReady = new HashMap<>();
        all.stream()
                .filter(one -> !one.conditions().ready() && !one.conditions().terminating())
                .forEach(one -> notReady.merge(priority(one), 1, Integer::sum));
        SortedSet<Integer> priorities = new TreeSet<>(hosts.keySet());
        return priorities.stream()
                .map(one -> level(one, hosts.getOrDefault(one, List.of()), notReady.getOrDefault(one, 0)))
                .toList();
    }

    private RoutingLevel level(int priority, List<Host> all, int notReady) {
        List<Host> used = RoutingLevel.used(all, policy.subsetting(), zone);
        return new RoutingLevel(priority, all, used, health.healthy(used), health.onTrial(used), notReady);
    }

    private int priority(Endpoint endpoint) {
        String problem;
        try {
            int priority = policy.priorities().orElseThrow().applyAsInt(endpoint);
            if (priority >= 0) {
                return priority;
            }
            problem = priority + " (expected: 0 or more)";
        } catch (RuntimeException e) {
            problem = Printable.of(e.toString());
        }
        if (notes.isEmpty()) {
            notes.add("priority of " + Printable.of(endpoint.toString()) + ": " + problem + "; 0 is used");
        }
        return 0;
    }

    /**
     * Makes the plan.
     *
     * @param levels the first one first
     */
    RoutingPlan plan(List<RoutingLevel> levels) {
        Mode mode = policy.panic().mode();
        PriorityShares shares = PriorityShares.of(
                levels.stream().map(level -> level.health(mode)).toList(), threshold, mode);
        for (int i = 0; i < levels.size(); i++) {
            RoutingLevel level = levels.get(i);
            String name = levels.size() == 1 ? "" : "priority " + level.priority() + ": ";
            boolean panics = shares.panics(i);
            if (panics) {
                notes.add(name + panic(level));
            } else if (levels.size() > 1) {
                notes.add(name + level.healthy().size() + " of "
                        + level.health(mode).all() + " endpoints healthy, " + Tier.percent(shares.share(i))
                        + " of calls");
            }
            add(level, panics, shares.share(i));
        }
        return new RoutingPlan(levels, tiers, spare, onTrial(levels, shares), shares.anyPanics(), notes);
    }

    /** Those that are on trial, but for what would be called only if the levels before were worse. */
    private static List<Host> onTrial(List<RoutingLevel> levels, PriorityShares shares) {
        int needed = levels.size();
        while (needed > 1 && shares.share(needed - 1) == 0) {
            needed--;
        }
        return needed == 1
                ? levels.get(0).onTrial()
                : levels.stream()
                        .limit(needed)
                        .flatMap(level -> level.onTrial().stream())
                        .toList();
    }

    private String panic(RoutingLevel level) {
        int all = level.used().size();
        String left = "panic: " + (all - level.healthy().size()) + " of " + all + " endpoints ";
        if (policy.panic().mode() == Mode.FAIL) {
            return left + "are left alone, and calls fail where less than " + Tier.percent(threshold) + " are healthy";
        }
        long unhealthy =
                level.used().stream().filter(health.checks()::isUnhealthy).count();
        int used = inPanic(level).size();
        return unhealthy == 0 || used < all
                ? left + "would be left alone, " + (used == all ? "all" : used) + " are used"
                : "panic: checks find " + unhealthy + " of " + all + " endpoints unhealthy, all are used";
    }

    /** What is used in a panic: what checks say is mistrusted first, then what calls say. */
    private List<Host> inPanic(RoutingLevel level) {
        List<Host> notEjected = health.notEjected(level.used());
        return notEjected.isEmpty()
                        || notEjected.size() < threshold * level.used().size()
                ? level.used()
                : notEjected;
    }

    private void add(RoutingLevel level, boolean panics, double share) {
        boolean fails = panics && policy.panic().mode() == Mode.FAIL;
        List<Host> hosts = panics ? inPanic(level) : level.chosen(policy.panic().mode());
        if (fails || hosts.isEmpty()) {
            return;
        }
        if (share == 0) {
            spare.add(new Tier(new Tier.Key(level.priority(), ""), hosts, 0));
        } else if (panics || !isDivided(level, hosts)) {
            tiers.add(new Tier(new Tier.Key(level.priority(), ""), hosts, share));
        } else {
            divide(level, hosts, share);
        }
    }

    /** Whether our zone comes first. */
    private boolean isDivided(RoutingLevel level, List<Host> hosts) {
        LocalityPolicy locality = policy.locality();
        if (!locality.isEnabled()) {
            return false;
        }
        if (ownZone == null) {
            return locatedNot("our zone is not known (set the variable " + TopologyDetector.ZONE + ")");
        }
        if (level.all().size() < locality.minEndpoints()) {
            return locatedNot(level.all().size() + " endpoints are less than " + locality.minEndpoints());
        }
        if (hosts.stream().noneMatch(host -> zone.apply(host).equals(ownZone))) {
            return locatedNot("no healthy endpoint is in our zone " + Printable.of(ownZone));
        }
        return hosts.stream().anyMatch(host -> !zone.apply(host).equals(ownZone));
    }

    private boolean locatedNot(String why) {
        notes.add("zones do not count: " + why);
        return false;
    }

    private void divide(RoutingLevel level, List<Host> hosts, double share) {
        String own = ownZone == null ? "" : ownZone;
        Map<String, List<Host>> byZone = RoutingLevel.byZone(hosts, zone);
        Map<String, Double> capacities = new TreeMap<>();
        byZone.forEach((name, members) -> capacities.put(name, level.capacity(members, zone)));
        Map<String, Double> shares = ZoneShares.of(policy.locality(), capacities, own, fitness);
        if (fitness < 1) {
            notes.add("calls to our zone take longer than to others: it gets " + Tier.percent(fitness)
                    + " of its fair share");
        }
        Map<String, List<Host>> ordered = new LinkedHashMap<>();
        ordered.put(own, byZone.getOrDefault(own, List.of()));
        ordered.putAll(byZone);
        ordered.forEach((name, members) -> {
            double part = share * shares.getOrDefault(name, 0.0);
            (part > 0 ? tiers : spare).add(new Tier(new Tier.Key(level.priority(), name), members, part));
        });
    }

    /**
     * How it came to a plan, for each endpoint.
     *
     * @param levels what was planned for
     * @param plan what was planned
     */
    List<Stage> stages(List<RoutingLevel> levels, RoutingPlan plan) {
        List<Stage> stages = new ArrayList<>();
        if (policy.subsetting().isEnabled()) {
            List<Host> used =
                    levels.stream().flatMap(level -> level.used().stream()).toList();
            stages.add(new Stage("subsetting", used, host -> "not among those that this client uses"));
        }
        List<Host> chosen = hosts(plan.tiers());
        Set<Host> sound = new LinkedHashSet<>(chosen);
        sound.addAll(hosts(plan.spare()));
        if (health.checks().isEnabled()) {
            List<Host> passed = levels.stream()
                    .flatMap(level -> level.used().stream())
                    .filter(host -> sound.contains(host) || !health.checks().isUnhealthy(host))
                    .toList();
            stages.add(new Stage("check", passed, health.checks()::reason));
        }
        stages.add(new Stage(
                "health",
                List.copyOf(sound),
                host -> host.health().isEjected()
                        ? health.reason(host)
                        : "panic: too few others are healthy, calls fail"));
        if (policy.priorities().isPresent() || policy.locality().isEnabled()) {
            stages.add(new Stage("tier", chosen, host -> "not needed while those preferred to it are enough"));
        }
        return stages;
    }

    private static List<Host> hosts(List<Tier> tiers) {
        return tiers.stream().flatMap(tier -> tier.hosts().stream()).toList();
    }
}
