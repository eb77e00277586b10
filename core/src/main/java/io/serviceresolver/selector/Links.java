package io.serviceresolver.selector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is linked to whom, readable and writable from both ends. Not thread-safe. */
final class Links<A, B> {

    private final Map<A, Set<B>> partners = new HashMap<>();
    private final Links<B, A> inverse;

    Links() {
        inverse = new Links<>(this);
    }

    private Links(Links<B, A> inverse) {
        this.inverse = inverse;
    }

    /** What {@link #replace} changed. */
    record Difference<B>(List<B> added, List<B> removed) {}

    /** The same links, seen from the other end. */
    Links<B, A> inverse() {
        return inverse;
    }

    boolean isEmpty() {
        return partners.isEmpty() && inverse.partners.isEmpty();
    }

    List<B> of(A one) {
        return List.copyOf(partners.getOrDefault(one, Set.of()));
    }

    /** Makes these what {@code one} is linked to, and nothing else. */
    Difference<B> replace(A one, Collection<B> now) {
        Set<B> after = new LinkedHashSet<>(now);
        Set<B> before = after.isEmpty() ? partners.remove(one) : partners.put(one, after);
        Set<B> known = before == null ? Set.of() : before;
        List<B> added = new ArrayList<>();
        for (B partner : after) {
            if (!known.contains(partner)) {
                added.add(partner);
                inverse.add(partner, one);
            }
        }
        List<B> removed = new ArrayList<>();
        for (B partner : known) {
            if (!after.contains(partner)) {
                removed.add(partner);
                inverse.remove(partner, one);
            }
        }
        return new Difference<>(added, removed);
    }

    private void add(A from, B to) {
        partners.computeIfAbsent(from, absent -> new LinkedHashSet<>()).add(to);
    }

    private void remove(A from, B to) {
        partners.computeIfPresent(from, (key, linked) -> {
            linked.remove(to);
            return linked.isEmpty() ? null : linked;
        });
    }
}
