package io.serviceresolver;

import io.serviceresolver.routing.SlowStart;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Which hosts of a service start slowly, and since when. Confined to the event loop. */
final class SlowStartRamp {

    private final SlowStart policy;

    /** Those that start slowly, with the time at which they began. */
    private final Map<Host, Long> starting = new HashMap<>();

    private Set<Host> ready = Set.of();

    SlowStartRamp(SlowStart policy) {
        this.policy = policy;
    }

    /** These are all hosts now. */
    void update(List<Host> hosts, long now) {
        Set<Host> before = ready;
        ready = new HashSet<>();
        hosts.stream().filter(host -> host.endpoint().conditions().ready()).forEach(ready::add);
        starting.keySet().retainAll(ready);
        if (ready.stream().anyMatch(before::contains)) {
            ready.stream().filter(host -> !before.contains(host)).forEach(host -> starting.put(host, now));
        }
        if (starting.size() * 2 > ready.size()) {
            starting.clear();
        }
    }

    /** Lets those have their full weight whose time is over: whether any start slowly still. */
    boolean advance(long now) {
        starting.values().removeIf(since -> now - since >= TimeUnit.NANOSECONDS.convert(policy.window()));
        return !starting.isEmpty();
    }

    /** The share of its full weight that a host has. */
    double share(Host host, long now) {
        Long since = starting.get(host);
        return since == null ? 1 : policy.share(now - since);
    }
}
