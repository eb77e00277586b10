package io.serviceresolver.selector;

import java.util.List;

/**
 * What a change of a {@link SelectorIndex} did to who matches whom. Immutable. An object whose labels changed and that
 * matches the same selectors as before is in neither list.
 *
 * @param <S> what selectors are known by
 * @param <T> what objects are known by
 * @param added memberships that are new, in no particular order
 * @param removed memberships that are gone, in no particular order
 */
public record MembershipChanges<S, T>(List<Membership<S, T>> added, List<Membership<S, T>> removed) {

    /** Copies the lists. */
    public MembershipChanges {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /** Whether nothing changed. */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty();
    }
}
