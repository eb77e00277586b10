package io.serviceresolver.source;

import io.serviceresolver.endpoint.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of where this process runs. What a manifest stated stays; what was not known is filled in by whoever
 * learns it first. Confined to the scheduler's thread.
 */
public final class LocalTopology {

    private final List<Runnable> listeners = new ArrayList<>();
    private Topology current;

    /**
     * Starts with what is known.
     *
     * @param known what is known at first
     */
    public LocalTopology(Topology known) {
        this.current = known;
    }

    /** What is known now. */
    public Topology current() {
        return current;
    }

    /**
     * Fills in what was not known so far.
     *
     * @param more what was learnt
     */
    public void learn(Topology more) {
        Topology before = current;
        current = before.completedBy(more);
        if (!current.equals(before)) {
            List.copyOf(listeners).forEach(Runnable::run);
        }
    }

    /**
     * Has something run whenever more became known.
     *
     * @param listener runs on the scheduler's thread
     */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
