package io.serviceresolver;

import io.serviceresolver.routing.LocalityPolicy;
import java.util.Map;
import java.util.TreeMap;

/** How calls are divided among zones: our own up to its fair share, the others by what they have to spare. */
final class ZoneShares {

    private final LocalityPolicy policy;
    private final Map<String, Double> capacities;
    private final String own;
    private final double total;

    /** The share of all callers that is in our zone. */
    private final double ownCallers;

    /** The same for each other known zone. */
    private final double otherCallers;

    private ZoneShares(LocalityPolicy policy, Map<String, Double> capacities, String own) {
        this.policy = policy;
        this.capacities = capacities;
        this.own = own;
        this.total =
                capacities.values().stream().mapToDouble(capacity -> capacity).sum();
        long others = capacities.keySet().stream()
                .filter(zone -> !zone.isEmpty() && !zone.equals(own))
                .count();
        this.ownCallers = policy.ownCallers().orElse(1.0 / (others + 1));
        this.otherCallers = others == 0 ? 0 : (1 - ownCallers) / others;
    }

    /**
     * Divides.
     *
     * @param capacities what each zone has, our own among them; an empty name for where the zone is not known
     * @param own our zone
     * @param fitness how much of its fair share our zone may have, by how calls fare there: 0 to 1
     * @return the share of each zone, in the order of their names
     */
    static Map<String, Double> of(LocalityPolicy policy, Map<String, Double> capacities, String own, double fitness) {
        return new ZoneShares(policy, capacities, own).divide(fitness);
    }

    private Map<String, Double> divide(double fitness) {
        double most = policy.isLoadAware() ? 1 - policy.exploration() : 1;
        double local = Math.min(most, fitness * Math.min(1, fair(own) / ownCallers));
        Map<String, Double> spare = new TreeMap<>();
        for (String zone : capacities.keySet()) {
            if (!zone.equals(own)) {
                spare.put(zone, Math.max(0, fair(zone) - (zone.isEmpty() ? 0 : otherCallers)));
            }
        }
        double sum = spare.values().stream().mapToDouble(value -> value).sum();
        Map<String, Double> shares = new TreeMap<>();
        shares.put(own, local);
        spare.forEach((zone, value) -> shares.put(
                zone, (1 - local) * (sum > 0 ? value / sum : capacities.getOrDefault(zone, 0.0) / (total - ours()))));
        return shares;
    }

    /** How much of all calls of all callers a zone may get. */
    private double fair(String zone) {
        return policy.headroom() * capacities.getOrDefault(zone, 0.0) / total;
    }

    private double ours() {
        return capacities.getOrDefault(own, 0.0);
    }
}
