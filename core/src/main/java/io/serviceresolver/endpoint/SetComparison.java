package io.serviceresolver.endpoint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What differs between the endpoints of a set and those that follow. What stands at the same place from the beginning or from
 * the end is compared there, which for one and the same object costs next to nothing; only those between are looked up.
 */
final class SetComparison {

    private final FixedList<Endpoint> before;
    private final EndpointIndex index;

    /** What follows, with the objects of before where nothing is new. */
    private final Object[] now;

    private final List<Endpoint> added = new ArrayList<>();
    private final List<Endpoint> updated = new ArrayList<>();
    private final List<Endpoint> removed = new ArrayList<>();
    private int moreReady;

    SetComparison(FixedList<Endpoint> before, EndpointIndex index, Object[] now) {
        this.before = before;
        this.index = index;
        this.now = now;
    }

    /** Compares: whether it could, as no two that follow have the same id. */
    boolean run() {
        int most = Math.min(before.size(), now.length);
        int start = before.sameFirst(now);
        while (start < most && isSame(before.get(start), now(start))) {
            kept(before.get(start), start);
            start++;
        }
        int shift = before.size() - now.length;
        int same = now.length - before.sameLast(most - start, now);
        int end = same;
        while (end > start && end + shift > start && isSame(before.get(end - 1 + shift), now(end - 1))) {
            end--;
        }
        if (!runBetween(start, end + shift, end)) {
            return false;
        }
        for (int i = end; i < same; i++) {
            kept(before.get(i + shift), i);
        }
        return true;
    }

    private Endpoint now(int place) {
        return (Endpoint) now[place];
    }

    private static boolean isSame(Endpoint one, Endpoint other) {
        return one.id().equals(other.id());
    }

    private void kept(Endpoint was, int place) {
        Endpoint is = now(place);
        if (was.equals(is)) {
            now[place] = was;
        } else {
            updated.add(is);
            moreReady += ready(is) - ready(was);
        }
    }

    private boolean runBetween(int start, int endBefore, int end) {
        Map<EndpointId, Endpoint> left = new LinkedHashMap<>();
        for (int i = start; i < endBefore; i++) {
            left.put(before.get(i).id(), before.get(i));
        }
        Set<EndpointId> fresh = new HashSet<>();
        for (int i = start; i < end; i++) {
            Endpoint is = now(i);
            Endpoint was = left.remove(is.id());
            if (was != null) {
                kept(was, i);
            } else if (index.get(is.id()) == null && fresh.add(is.id())) {
                added.add(is);
                moreReady += ready(is);
            } else {
                return false;
            }
        }
        removed.addAll(left.values());
        left.values().forEach(gone -> moreReady -= ready(gone));
        return true;
    }

    private static int ready(Endpoint endpoint) {
        return endpoint.conditions().ready() ? 1 : 0;
    }

    Changes changes() {
        if (added.isEmpty() && updated.isEmpty() && removed.isEmpty()) {
            return Changes.NONE;
        }
        // Where all are new, as in a first set, they are in memory once.
        return new Changes(added.size() == now.length ? endpoints() : added, updated, removed);
    }

    /** The endpoints that follow. */
    FixedList<Endpoint> endpoints() {
        return new FixedList<>(now);
    }

    /** How many more are ready. */
    int moreReady() {
        return moreReady;
    }
}
