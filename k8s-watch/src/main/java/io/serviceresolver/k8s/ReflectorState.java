package io.serviceresolver.k8s;

import java.util.List;

/** What a {@link Reflector} keeps current. Called on the scheduler's thread. */
interface ReflectorState<T> {

    /**
     * Takes these as all that there are.
     *
     * @return whether that makes a difference
     */
    boolean replaceAll(List<T> items);

    /** Takes a new or changed one. */
    void put(T item);

    /** Drops the one of this name, if it is there. */
    void remove(String name);

    /** Whether there is none. */
    boolean isEmpty();

    /** A batch of changes is complete. */
    void changed();

    /** It is current. */
    void live();

    /** It is no longer kept current, for this reason. */
    void lost(ApiFailure failure);
}
