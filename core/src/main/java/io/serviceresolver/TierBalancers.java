package io.serviceresolver;

import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.balancer.Picker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The balancers of one handle: one for each tier, kept for as long as the tier is there. Confined to the event loop. */
final class TierBalancers {

    private static final Logger log = LoggerFactory.getLogger(TierBalancers.class);

    private final Supplier<Balancer> factory;
    private final FeedWeights weights;
    private final RandomGenerator random;

    /** Has all balancers told of calls. */
    private final Runnable onNew;

    /** Not used so far, so that a factory that fails does so when the handle is made. */
    private @Nullable Balancer unused;

    private Map<Tier.Key, Entry> entries = Map.of();
    private List<Tier> tiers = List.of();

    /** What picks from all tiers; null where there are none. */
    private @Nullable Picker picker;

    /** The balancer of a tier, and what it was told last. */
    private final class Entry {

        private final Balancer balancer;
        private List<Host> hosts = List.of();
        private double[] weighed = {};
        private @Nullable Picker made;

        Entry(Balancer balancer) {
            this.balancer = balancer;
        }

        /** Has the balancer choose from these hosts: whether anything changed, even where the picker is the one before. */
        boolean update(List<Host> now) {
            double[] weighedNow = weights.of(now);
            if (made != null && areSame(now, hosts) && Arrays.equals(weighedNow, weighed)) {
                return false;
            }
            made = made(now);
            hosts = now;
            weighed = weighedNow;
            return true;
        }

        /** A balancer of the user's that fails is not to keep the event loop from anything else, nor calls from being made. */
        private Picker made(List<Host> now) {
            try {
                return Objects.requireNonNull(balancer.update(now), "update: null (expected: a picker)");
            } catch (RuntimeException e) {
                log.error("a balancer failed, until its next update endpoints are picked at random", e);
                return () -> now.get(random.nextInt(now.size()));
            }
        }

        /** Whether they are the same objects: found out place by place only where they are not one list. */
        private static boolean areSame(List<Host> some, List<Host> others) {
            if (some == others) {
                return true;
            }
            int end = some.size();
            int same = 0;
            while (same < end && end == others.size() && some.get(same) == others.get(same)) {
                same++;
            }
            return same == end && end == others.size();
        }

        Picker picker() {
            return Objects.requireNonNull(made);
        }
    }

    TierBalancers(Supplier<Balancer> factory, FeedWeights weights, RandomGenerator random, Runnable onNew) {
        this.factory = factory;
        this.weights = weights;
        this.random = random;
        this.onNew = onNew;
        this.unused = factory.get();
    }

    /** From now on calls go by this plan: whether anything is picked from in another way than before. */
    boolean update(RoutingPlan plan) {
        keep(plan);
        List<Tier> now = plan.tiers();
        List<Picker> pickers = new ArrayList<>();
        boolean changed = now.size() != tiers.size();
        for (int i = 0; i < now.size(); i++) {
            Tier tier = now.get(i);
            Entry entry = entry(tier.key());
            boolean updated = entry.update(tier.hosts());
            pickers.add(entry.picker());
            // With another number of tiers it has changed already, and there is perhaps none to compare with.
            changed = changed || updated || tier.share() != tiers.get(i).share();
        }
        tiers = now;
        if (changed) {
            picker = combined(pickers);
        }
        return changed;
    }

    private @Nullable Picker combined(List<Picker> pickers) {
        if (pickers.size() < 2) {
            return pickers.isEmpty() ? null : pickers.get(0);
        }
        return new TieredPicker(pickers, tiers.stream().map(Tier::share).toList(), random);
    }

    /** Keeps the balancers of all tiers of a plan, and makes those that are missing where calls go. */
    private void keep(RoutingPlan plan) {
        Map<Tier.Key, Entry> kept = new LinkedHashMap<>();
        boolean fresh = false;
        for (Tier tier : plan.spare()) {
            Entry known = entries.get(tier.key());
            if (known != null) {
                kept.put(tier.key(), known);
            }
        }
        for (Tier tier : plan.tiers()) {
            Entry known = entries.get(tier.key());
            fresh |= known == null && unused == null;
            kept.put(tier.key(), known == null ? new Entry(take()) : known);
        }
        if (kept.isEmpty() && !entries.isEmpty()) {
            // What the first balancer remembers, such as latencies, outlives a time without endpoints.
            return;
        }
        entries = kept;
        if (fresh) {
            onNew.run();
        }
    }

    private Entry entry(Tier.Key key) {
        return Objects.requireNonNull(entries.get(key));
    }

    private Balancer take() {
        Balancer ready = unused;
        unused = null;
        return ready == null ? factory.get() : ready;
    }

    /** All balancers, also one that is not used yet. */
    List<Balancer> balancers() {
        List<Balancer> all = new ArrayList<>();
        if (unused != null) {
            all.add(unused);
        }
        for (Entry entry : entries.values()) {
            all.add(entry.balancer);
        }
        return all;
    }

    @Nullable
    Picker picker() {
        return picker;
    }
}
