package io.serviceresolver.selector;

import io.serviceresolver.selector.Links.Difference;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Many selectors over many labelled objects, live: who matches whom is kept up to date as selectors and objects come,
 * change and go, and each change says which memberships it added and removed.
 *
 * <p>Not thread-safe: to be confined to one thread. The lists returned are copies that may be passed on.
 *
 * <p>Cost. An object that comes or changes is held only against the selectors in the buckets of its labels, plus those
 * without a requirement that needs a label (everything, or only {@code !=}, {@code notin} and {@code !x}): these are
 * held against every object. A selector that comes or changes is held only against the objects that meet its rarest
 * requirement; one without a requirement that needs a label is held against all objects. Each membership takes two
 * entries of memory, each label of an object one.
 *
 * @param <S> what selectors are known by, with {@code equals} and {@code hashCode}: a Service's name, for instance
 * @param <T> what objects are known by, with {@code equals} and {@code hashCode}: a Pod's UID, for instance
 */
public final class SelectorIndex<S, T> {

    private final SelectorBuckets<S> selectors = new SelectorBuckets<>();
    private final ObjectPostings<T> objects = new ObjectPostings<>();
    private final Links<S, T> matches = new Links<>();

    /** An index of nothing. */
    public SelectorIndex() {}

    /**
     * Adds a selector, or replaces the one known by this name.
     *
     * @param id the name of the selector
     * @param selector what it selects
     * @return the memberships that this changed
     */
    public MembershipChanges<S, T> putSelector(S id, LabelSelector selector) {
        if (selector.equals(selectors.selector(id))) {
            return new MembershipChanges<>(List.of(), List.of());
        }
        selectors.put(id, selector);
        return relinkSelector(id, objects.matching(selector));
    }

    /**
     * Removes a selector; one that is not known is left so.
     *
     * @param id the name of the selector
     * @return the memberships that this ended
     */
    public MembershipChanges<S, T> removeSelector(S id) {
        selectors.remove(id);
        return relinkSelector(id, List.of());
    }

    /**
     * Adds an object, or replaces the labels of the one known by this name.
     *
     * @param object the name of the object
     * @param labels all its labels, copied; any strings, they are not validated
     * @return the memberships that this changed
     */
    public MembershipChanges<S, T> putObject(T object, Map<String, String> labels) {
        Map<String, String> copy = Map.copyOf(labels);
        if (copy.equals(objects.labels(object))) {
            return new MembershipChanges<>(List.of(), List.of());
        }
        objects.put(object, copy);
        return relinkObject(object, selectors.matching(copy));
    }

    /**
     * Removes an object; one that is not known is left so.
     *
     * @param object the name of the object
     * @return the memberships that this ended
     */
    public MembershipChanges<S, T> removeObject(T object) {
        objects.remove(object);
        return relinkObject(object, List.of());
    }

    /** The objects that a selector of this index matches, each once; none if it is not known. */
    public List<T> objectsOf(S id) {
        return matches.of(id);
    }

    /** The selectors of this index that match an object of it, each once; none if it is not known. */
    public List<S> selectorsOf(T object) {
        return matches.inverse().of(object);
    }

    /** The selectors of this index that match these labels, each once; the labels need be those of no object. */
    public List<S> selectorsMatching(Map<String, String> labels) {
        return List.copyOf(selectors.matching(Map.copyOf(labels)));
    }

    /** The objects of this index that the selector matches, each once; it need not be one of this index. */
    public List<T> objectsMatching(LabelSelector selector) {
        return List.copyOf(objects.matching(selector));
    }

    /** Whether neither a selector nor an object is known. */
    public boolean isEmpty() {
        return selectors.isEmpty() && objects.isEmpty() && matches.isEmpty();
    }

    private MembershipChanges<S, T> relinkSelector(S id, Collection<T> matching) {
        Difference<T> difference = matches.replace(id, matching);
        return new MembershipChanges<>(
                difference.added().stream()
                        .map(object -> new Membership<>(id, object))
                        .toList(),
                difference.removed().stream()
                        .map(object -> new Membership<>(id, object))
                        .toList());
    }

    private MembershipChanges<S, T> relinkObject(T object, Collection<S> matching) {
        Difference<S> difference = matches.inverse().replace(object, matching);
        return new MembershipChanges<>(
                difference.added().stream()
                        .map(id -> new Membership<>(id, object))
                        .toList(),
                difference.removed().stream()
                        .map(id -> new Membership<>(id, object))
                        .toList());
    }
}
