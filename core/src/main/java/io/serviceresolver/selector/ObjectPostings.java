package io.serviceresolver.selector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Labelled objects, found by selector. For each key it holds the values in use, and for each value the objects that
 * have it; what holds nothing any more is dropped. Not thread-safe.
 */
final class ObjectPostings<T> {

    private final Map<T, Map<String, String>> labelsOf = new LinkedHashMap<>();
    final Map<String, Postings<T>> byKey = new HashMap<>();

    /** The objects that have a label, by its value. */
    static final class Postings<T> {
        final Map<String, Set<T>> byValue = new HashMap<>();
        private int size;
    }

    boolean isEmpty() {
        return labelsOf.isEmpty() && byKey.isEmpty();
    }

    /** The labels of an object, null if it is not known. */
    @Nullable
    Map<String, String> labels(T object) {
        return labelsOf.get(object);
    }

    /** Adds an object, or replaces its labels. */
    void put(T object, Map<String, String> labels) {
        remove(object);
        labelsOf.put(object, labels);
        labels.forEach((key, value) -> {
            Postings<T> postings = byKey.computeIfAbsent(key, absent -> new Postings<>());
            postings.byValue
                    .computeIfAbsent(value, absent -> new LinkedHashSet<>())
                    .add(object);
            postings.size++;
        });
    }

    void remove(T object) {
        Map<String, String> labels = labelsOf.remove(object);
        if (labels != null) {
            labels.forEach(
                    (key, value) -> byKey.computeIfPresent(key, (k, postings) -> without(postings, value, object)));
        }
    }

    private static <T> @Nullable Postings<T> without(Postings<T> postings, String value, T object) {
        postings.byValue.computeIfPresent(value, (v, objects) -> {
            objects.remove(object);
            return objects.isEmpty() ? null : objects;
        });
        postings.size--;
        return postings.size == 0 ? null : postings;
    }

    /** The objects that the selector matches, each once. */
    List<T> matching(LabelSelector selector) {
        if (selector.isNothing()) {
            return List.of();
        }
        List<T> matching = new ArrayList<>();
        for (T candidate : candidates(selector)) {
            Map<String, String> labels = labelsOf.get(candidate);
            if (labels != null && selector.matches(labels)) {
                matching.add(candidate);
            }
        }
        return matching;
    }

    /** The objects that meet the requirement that fewest meet; all, if every requirement is met by absence. */
    private Iterable<T> candidates(LabelSelector selector) {
        Requirement rarest = null;
        int least = Integer.MAX_VALUE;
        for (Requirement requirement : selector.requirements()) {
            int count = requirement.operator().matchesAbsent() ? Integer.MAX_VALUE : count(requirement);
            if (count < least) {
                rarest = requirement;
                least = count;
            }
        }
        return rarest == null ? labelsOf.keySet() : meeting(rarest);
    }

    /** How many objects would have to be looked at if this requirement were chosen; an upper bound of how many meet it. */
    private int count(Requirement requirement) {
        Postings<T> postings = byKey.get(requirement.key());
        if (postings == null) {
            return 0;
        }
        if (!requirement.operator().namesValues()) {
            return postings.size;
        }
        int count = 0;
        for (String value : requirement.values()) {
            count += postings.byValue.getOrDefault(value, Set.of()).size();
        }
        return count;
    }

    private List<T> meeting(Requirement requirement) {
        List<T> objects = new ArrayList<>();
        Postings<T> postings = byKey.get(requirement.key());
        if (postings == null) {
            return objects;
        }
        if (requirement.operator().namesValues()) {
            requirement.values().forEach(value -> objects.addAll(postings.byValue.getOrDefault(value, Set.of())));
        } else {
            postings.byValue.forEach((value, having) -> {
                if (requirement.matchesValue(value)) {
                    objects.addAll(having);
                }
            });
        }
        return objects;
    }
}
