package io.serviceresolver.k8s;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A collection of the API that is kept current from when it is first asked for. Used by the scheduler's thread. */
final class Followed<T> implements ReflectorState<T> {

    private final Function<T, String> nameOf;
    private final Runnable onChange;
    private final Reflector<T> reflector;
    private final Freshness freshness;
    private final TreeMap<String, T> items = new TreeMap<>();
    private boolean following;

    /** Whether something is another since it was last told: objects are also written for what is not read of them. */
    private boolean dirty;

    /**
     * Prepares it.
     *
     * @param who for whom it is followed, for the log
     * @param resource what to follow
     * @param reader reads its objects
     * @param nameOf the name of one of them
     * @param scope what the feeds share
     * @param onChange runs when something is another
     */
    Followed(
            Object who,
            ApiResource resource,
            ItemReader<T> reader,
            Function<T, String> nameOf,
            FeedScope scope,
            Runnable onChange) {
        this.nameOf = nameOf;
        this.onChange = onChange;
        this.freshness =
                new Freshness(who, resource, scope.loop(), scope.options().disconnectGrace(), onChange);
        this.reflector = new Reflector<>(
                resource,
                scope.client(),
                reader,
                scope.context(),
                scope.options().silenceTimeout(),
                this);
    }

    /** What there is, by name; begins to ask for it, unless that was done before. */
    Knowledge<Collection<T>> ask() {
        if (!following) {
            following = true;
            freshness.start();
            reflector.list();
        }
        if (freshness.isStale()) {
            return new Knowledge.Lost<>(freshness.reason());
        }
        return freshness.isComplete() ? new Knowledge.Known<>(List.copyOf(items.values())) : new Knowledge.Pending<>();
    }

    void close() {
        reflector.close();
        freshness.close();
    }

    @Override
    public boolean replaceAll(List<T> all) {
        Map<String, T> before = Map.copyOf(items);
        items.clear();
        all.forEach(item -> items.put(nameOf.apply(item), item));
        boolean changed = !before.equals(items);
        dirty |= changed;
        return changed;
    }

    @Override
    public void put(T item) {
        dirty |= !item.equals(items.put(nameOf.apply(item), item));
    }

    @Override
    public void remove(String name) {
        dirty |= items.remove(name) != null;
    }

    @Override
    public boolean isEmpty() {
        return items.isEmpty();
    }

    @Override
    public void changed() {
        if (dirty) {
            dirty = false;
            onChange.run();
        }
    }

    @Override
    public void live() {
        freshness.live(items.size());
    }

    @Override
    public void lost(ApiFailure failure) {
        freshness.lost(failure);
    }
}
