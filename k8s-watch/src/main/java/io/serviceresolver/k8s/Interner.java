package io.serviceresolver.k8s;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes one object of those that are equal, so that what many Pods have in common is in memory once. It remembers what
 * was used last, and no more than that: what it forgot is merely there twice. Thread-safe.
 */
final class Interner {

    private static final int MOST = 4096;

    /** Guarded by this. */
    private final Map<Object, Object> known = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
            return size() > MOST;
        }
    };

    /** The one that stands for all that are equal to this. */
    @SuppressWarnings("unchecked")
    synchronized <T> T one(T value) {
        // What is equal to a value is of its type here: texts, maps, lists and records.
        Object before = known.putIfAbsent(value, value);
        return before == null ? value : (T) before;
    }
}
