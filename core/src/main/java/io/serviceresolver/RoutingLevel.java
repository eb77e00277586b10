package io.serviceresolver;

import io.serviceresolver.PriorityShares.Health;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.routing.PanicPolicy;
import io.serviceresolver.routing.Subsetting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The endpoints of one priority. Immutable.
 *
 * @param priority 0 for the first one
 * @param all those that may be called
 * @param used those of them that this client uses
 * @param healthy those of these that are not left alone
 * @param onTrial those of these that are left alone but for a call at a time
 * @param notReady how many there are besides that are not ready
 */
record RoutingLevel(
        int priority, List<Host> all, List<Host> used, List<Host> healthy, List<Host> onTrial, int notReady) {

    /**
     * Those of some hosts that this client uses, in each zone apart.
     *
     * @param zone the zone of a host, or the same for all
     */
    static List<Host> used(List<Host> all, Subsetting subsetting, Function<Host, String> zone) {
        return subsetting.isEnabled()
                ? byZone(all, zone).values().stream()
                        .flatMap(group -> subset(group, subsetting).stream())
                        .toList()
                : all;
    }

    private static List<Host> subset(List<Host> group, Subsetting subsetting) {
        Map<Endpoint, Host> hosts =
                group.stream().collect(Collectors.toMap(Host::endpoint, Function.identity(), (one, other) -> one));
        return subsetting.choose(group.stream().map(Host::endpoint).toList()).stream()
                .map(hosts::get)
                .toList();
    }

    static Map<String, List<Host>> byZone(List<Host> hosts, Function<Host, String> zone) {
        return hosts.stream().collect(Collectors.groupingBy(zone, TreeMap::new, Collectors.toList()));
    }

    /**
     * How healthy it is. Who is on trial has to be let back before it counts, but where calls fail in a panic: those are
     * needed for that.
     */
    Health health(PanicPolicy.Mode mode) {
        int trusted = healthy.size() + (mode == PanicPolicy.Mode.FAIL ? onTrial.size() : 0);
        return new Health(trusted, used.size(), used.size() + notReadyOfUsed());
    }

    /** How many of this client's would not be ready, if the subsets were of all: those that are not are in none. */
    private int notReadyOfUsed() {
        return used.size() == all.size() ? notReady : Math.round((float) notReady * used.size() / all.size());
    }

    /** Those that get calls where there is no panic. */
    List<Host> chosen(PanicPolicy.Mode mode) {
        return healthy.isEmpty() && mode == PanicPolicy.Mode.FAIL ? onTrial : healthy;
    }

    /** How much the healthy endpoints of a zone can take, with those that other clients use. */
    double capacity(List<Host> healthyOfZone, Function<Host, String> zone) {
        String name = zone.apply(healthyOfZone.get(0));
        double mine = healthyOfZone.stream().mapToDouble(Host::weight).sum();
        return used.size() == all.size() ? mine : mine * count(all, zone, name) / count(used, zone, name);
    }

    private static long count(List<Host> hosts, Function<Host, String> zone, String name) {
        return hosts.stream().filter(host -> zone.apply(host).equals(name)).count();
    }
}
