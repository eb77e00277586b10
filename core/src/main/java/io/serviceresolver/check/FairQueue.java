package io.serviceresolver.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A queue in which those who have much to ask for do not keep the others waiting: they take turns. Not thread-safe. */
final class FairQueue<K, V> {

    /** What each one waits for, in the order of turns. None is empty. */
    private final Map<K, Set<V>> turns = new LinkedHashMap<>();

    void add(K who, V what) {
        turns.computeIfAbsent(who, key -> new LinkedHashSet<>()).add(what);
    }

    void remove(K who, V what) {
        turns.computeIfPresent(who, (key, waiting) -> waiting.remove(what) && waiting.isEmpty() ? null : waiting);
    }

    /** Takes the first of what that one waits for whose turn it is; null where nobody waits. */
    @Nullable
    V poll() {
        if (turns.isEmpty()) {
            return null;
        }
        Map.Entry<K, Set<V>> turn = turns.entrySet().iterator().next();
        K who = turn.getKey();
        Set<V> waiting = turn.getValue();
        turns.remove(who);
        V next = waiting.iterator().next();
        waiting.remove(next);
        if (!waiting.isEmpty()) {
            turns.put(who, waiting);
        }
        return next;
    }
}
