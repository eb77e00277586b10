package io.serviceresolver.k8s;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One watch on all objects of a kind in a namespace, which tells each part of it what is new there. It keeps all objects,
 * in their reduced form, also those of no part: a part that is added costs no request, and finds them current. Used by the
 * scheduler's thread.
 */
final class NamespaceWatch<T> implements ReflectorState<T> {

    private final Reflector<T> reflector;
    private final Function<T, String> names;
    private final Members<T> members;
    private final Set<ReflectorState<T>> touched = new LinkedHashSet<>();
    private Map<String, T> objects = new HashMap<>();
    private boolean complete;
    private @Nullable ApiFailure trouble;

    /** Whoever follows parts of it. */
    interface Members<T> {

        /** Does something to each. */
        void forEach(Action<T> action);

        /** The first list is complete, and each part has what is in it. */
        void complete();

        /**
         * It is no longer kept current.
         *
         * @param failure why
         * @param complete whether there has been a list
         * @param version the version it had come to
         * @return whether it is given up
         */
        boolean failed(ApiFailure failure, boolean complete, String version);
    }

    /** What is done to a part: to its state, by what it covers. */
    @FunctionalInterface
    interface Action<T> {
        void on(ReflectorState<T> state, Predicate<T> covers);
    }

    NamespaceWatch(
            FeedScope scope,
            ApiResource resource,
            ItemReader<T> reader,
            Function<T, String> names,
            Members<T> members) {
        this.names = names;
        this.members = members;
        this.reflector = scope.reflector(resource, reader, this);
    }

    /** Begins, with a list that is not older than this version. */
    void start(String version) {
        reflector.listSince(version);
    }

    /** Whether it has had a list. */
    boolean isComplete() {
        return complete;
    }

    void close() {
        reflector.close();
    }

    /** Tells a new part all there is of it, once that is known. */
    void join(ReflectorState<T> state, Predicate<T> covers) {
        if (trouble != null) {
            // What is known may be long ago: nothing to begin with.
            state.lost(trouble);
        }
        if (complete) {
            state.replaceAll(covered(covers));
            if (trouble == null) {
                state.live();
            }
            state.changed();
        }
    }

    @Override
    public boolean replaceAll(List<T> items) {
        Map<String, T> before = objects;
        objects = new HashMap<>();
        for (T item : items) {
            T known = before.get(names.apply(item));
            objects.put(names.apply(item), item.equals(known) ? known : item);
        }
        boolean first = !complete;
        complete = true;
        members.forEach((state, covers) -> {
            state.replaceAll(covered(covers));
            touched.add(state);
        });
        if (first) {
            members.complete();
        }
        return !objects.equals(before);
    }

    @Override
    public void put(T item) {
        T before = objects.put(names.apply(item), item);
        members.forEach((state, covers) -> {
            if (covers.test(item)) {
                state.put(item);
                touched.add(state);
            } else {
                dropped(before, state, covers);
            }
        });
    }

    @Override
    public void remove(String name) {
        T before = objects.remove(name);
        members.forEach((state, covers) -> dropped(before, state, covers));
    }

    private void dropped(@Nullable T before, ReflectorState<T> state, Predicate<T> covers) {
        if (before != null && covers.test(before)) {
            state.remove(names.apply(before));
            touched.add(state);
        }
    }

    @Override
    public boolean isEmpty() {
        List<ReflectorState<T>> filled = new ArrayList<>();
        members.forEach((state, covers) -> {
            if (!state.isEmpty()) {
                filled.add(state);
            }
        });
        return objects.isEmpty() && filled.isEmpty();
    }

    @Override
    public void changed() {
        List<ReflectorState<T>> told = List.copyOf(touched);
        touched.clear();
        told.forEach(ReflectorState::changed);
    }

    @Override
    public void live() {
        trouble = null;
        if (complete) {
            members.forEach((state, covers) -> state.live());
        }
    }

    @Override
    public void lost(ApiFailure failure) {
        trouble = failure;
        if (members.failed(failure, complete, reflector.version())) {
            reflector.close();
        }
    }

    private List<T> covered(Predicate<T> covers) {
        return objects.values().stream().filter(covers).toList();
    }
}
