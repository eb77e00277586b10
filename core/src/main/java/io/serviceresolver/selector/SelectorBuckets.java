package io.serviceresolver.selector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Selectors, found by the labels that they match. Each selector lies in the buckets of one of its requirements, its
 * anchor: those of the labels with a value that the anchor names, or that of the anchor's key. Labels that the selector
 * matches lead to exactly one of these buckets, as they have one value for each key. A selector without a requirement
 * that needs a label lies in the bucket that is always looked at. Not thread-safe.
 */
final class SelectorBuckets<S> {

    private static final Bucket ALWAYS = new Bucket(null, null);

    private final Map<S, Anchored> selectors = new LinkedHashMap<>();
    private final Map<Bucket, Map<S, LabelSelector>> buckets = new HashMap<>();

    private record Anchored(LabelSelector selector, List<Bucket> buckets) {}

    /** The name of a bucket: of a label with a value, of a label with any value, or {@link #ALWAYS}. */
    private record Bucket(@Nullable String key, @Nullable String value) {}

    boolean isEmpty() {
        return selectors.isEmpty() && buckets.isEmpty();
    }

    /** The selector of this name, null if there is none. */
    @Nullable
    LabelSelector selector(S id) {
        Anchored anchored = selectors.get(id);
        return anchored == null ? null : anchored.selector();
    }

    /** Adds a selector, or replaces it. */
    void put(S id, LabelSelector selector) {
        remove(id);
        List<Bucket> chosen = choose(selector);
        selectors.put(id, new Anchored(selector, chosen));
        for (Bucket bucket : chosen) {
            buckets.computeIfAbsent(bucket, absent -> new LinkedHashMap<>()).put(id, selector);
        }
    }

    void remove(S id) {
        Anchored anchored = selectors.remove(id);
        if (anchored == null) {
            return;
        }
        for (Bucket bucket : anchored.buckets()) {
            buckets.computeIfPresent(bucket, (b, held) -> {
                held.remove(id);
                return held.isEmpty() ? null : held;
            });
        }
    }

    /** The selectors that match these labels, each once. */
    List<S> matching(Map<String, String> labels) {
        List<S> matching = new ArrayList<>();
        collect(ALWAYS, labels, matching);
        labels.forEach((key, value) -> {
            collect(new Bucket(key, null), labels, matching);
            collect(new Bucket(key, value), labels, matching);
        });
        return matching;
    }

    private void collect(Bucket bucket, Map<String, String> labels, List<S> matching) {
        buckets.getOrDefault(bucket, Map.of()).forEach((id, selector) -> {
            if (selector.matches(labels)) {
                matching.add(id);
            }
        });
    }

    /** The buckets of the requirement that names values and whose buckets are emptiest; else of one that needs a key. */
    private List<Bucket> choose(LabelSelector selector) {
        if (selector.isNothing()) {
            return List.of();
        }
        List<Bucket> chosen = List.of(ALWAYS);
        long least = Long.MAX_VALUE;
        for (Requirement requirement : selector.requirements()) {
            if (requirement.operator().matchesAbsent()) {
                continue;
            }
            List<Bucket> candidates = buckets(requirement);
            long cost = cost(requirement, candidates);
            if (cost < least) {
                chosen = candidates;
                least = cost;
            }
        }
        return chosen;
    }

    private static List<Bucket> buckets(Requirement requirement) {
        return requirement.operator().namesValues()
                ? requirement.values().stream()
                        .map(value -> new Bucket(requirement.key(), value))
                        .toList()
                : List.of(new Bucket(requirement.key(), null));
    }

    /** Selectors already there, and one for each bucket to fill; a bucket of a key comes after all buckets of values. */
    private long cost(Requirement requirement, List<Bucket> candidates) {
        long cost = requirement.operator().namesValues() ? 0 : Integer.MAX_VALUE;
        for (Bucket bucket : candidates) {
            cost += 1 + buckets.getOrDefault(bucket, Map.of()).size();
        }
        return cost;
    }
}
