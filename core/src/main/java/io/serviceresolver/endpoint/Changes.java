package io.serviceresolver.endpoint;

import java.util.List;

/**
 * What tells one {@link EndpointSet} from another. Immutable.
 *
 * @param added endpoints that are new
 * @param updated endpoints of which something other than the identity is new, as they are now
 * @param removed endpoints that are gone, as they were
 */
public record Changes(List<Endpoint> added, List<Endpoint> updated, List<Endpoint> removed) {

    /** Nothing changed. */
    public static final Changes NONE = new Changes(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Changes {
        added = added instanceof FixedList<Endpoint> ? added : List.copyOf(added);
        updated = List.copyOf(updated);
        removed = List.copyOf(removed);
    }

    /** Whether nothing changed. */
    public boolean isEmpty() {
        return added.isEmpty() && updated.isEmpty() && removed.isEmpty();
    }
}
