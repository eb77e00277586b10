package io.serviceresolver.benchmarks;

import io.serviceresolver.balancer.Balancers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** All systems under test, by their names. */
final class Subjects {

    private static final Map<String, IntFunction<Subject>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("floor-rr", Floors::roundRobin);
        ALL.put("floor-p2c", Floors::twoChoices);
        ALL.put("rr", count -> new Ours(Balancers.roundRobin(), count));
        ALL.put("random", count -> new Ours(Balancers.random(), count));
        ALL.put("lc", count -> new Ours(Balancers.leastConnections(), count));
        ALL.put("p2c", count -> new Ours(Balancers.powerOfTwoChoices(), count));
        ALL.put("lrt", count -> new Ours(Balancers.leastResponseTime(), count));
        ALL.put("lrt-lease", count -> new Ours(Balancers.leastResponseTime(), count).withLeases());
        ALL.put("ewma", count -> new Ours(Balancers.peakEwma(), count));
        ALL.put("ring-hash", count -> new Ours(Balancers.ringHash(), count));
        ALL.put("maglev", count -> new Ours(Balancers.maglev(), count));
        ALL.put("rr-by-name", count -> new Ours(Balancers.roundRobin(), count).byName());
        ALL.put("lc-lease", count -> new Ours(Balancers.leastConnections(), count).withLeases());
    }

    private Subjects() {}

    static Set<String> names() {
        return ALL.keySet();
    }

    static Subject make(String name, int endpoints) {
        IntFunction<Subject> factory = ALL.get(name);
        if (factory == null) {
            throw new IllegalArgumentException("system: " + name + " (expected: one of " + names() + ")");
        }
        return factory.apply(endpoints);
    }
}
