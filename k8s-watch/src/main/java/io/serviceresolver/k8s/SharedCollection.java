package io.serviceresolver.k8s;

import io.serviceresolver.k8s.ApiFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of one kind in one namespace, for all who follow a part of them: by a narrow watch for each part while there
 * are few, by one watch on the whole namespace once there are many. Whoever follows a part is told the same either way.
 * Used by the scheduler's thread.
 *
 * <p>Narrow watches go on until the list of the whole namespace is complete. Parts that come to that while wait for it for a
 * second, and then have a narrow watch too: the list may be slow, or fail each time where a narrow one would not.
 * Where the whole namespace may not be listed, or is too large for it, all parts stay narrow, or become so again, and for
 * ten minutes nothing else is tried. The wide watch ends with the last part.
 */
final class SharedCollection<T> {

    private static final Logger log = LoggerFactory.getLogger(EndpointSliceSource.class);
    private static final Duration REFUSED_FOR = Duration.ofMinutes(10);
    private static final Set<Kind> REFUSALS =
            Set.of(Kind.FORBIDDEN, Kind.UNKNOWN_API, Kind.REJECTED, Kind.GARBLED, Kind.TOO_LARGE, Kind.SILENT);

    private final FeedScope scope;
    private final Loop loop;
    private final ApiResource all;
    private final ItemReader<T> reader;
    private final Function<T, String> names;
    private final List<Part> parts = new ArrayList<>();
    private @Nullable NamespaceWatch<T> wide;
    private long refusedUntilNanos;

    /**
     * Starts without parts.
     *
     * @param scope what the feeds share
     * @param all the whole namespace
     * @param reader reads any of its objects
     * @param names the name of an object
     */
    SharedCollection(FeedScope scope, ApiResource all, ItemReader<T> reader, Function<T, String> names) {
        this.scope = scope;
        this.loop = scope.loop();
        this.all = all;
        this.reader = reader;
        this.names = names;
        this.refusedUntilNanos = loop.now();
    }

    /**
     * Prepares to follow a part.
     *
     * @param resource the part, as the API narrows it down
     * @param narrow reads its objects
     * @param covers which objects are in it
     * @param state is kept current
     */
    Share part(ApiResource resource, ItemReader<T> narrow, Predicate<T> covers, ReflectorState<T> state) {
        return new Part(resource, narrow, covers, state);
    }

    boolean isIdle() {
        return parts.isEmpty();
    }

    private void start(Part part) {
        parts.add(part);
        // A part that is all of the namespace is as well served by the watch that others can share.
        boolean widens = parts.size() > scope.options().namespaceWatchAbove() || part.resource.equals(all);
        if (wide == null && widens && loop.now() - refusedUntilNanos >= 0) {
            log.info("namespace {}: {} in use: one watch for all of {}", all.namespace(), parts.size(), all.plural());
            wide = new NamespaceWatch<>(scope, all, reader, names, new Members());
            wide.start(newest());
        }
        if (wide == null) {
            part.narrow("");
        } else {
            part.join(wide);
        }
    }

    private void end(Part part) {
        part.widen();
        parts.remove(part);
        if (parts.isEmpty() && wide != null) {
            wide.close();
            wide = null;
        }
    }

    /** The newest version that a narrow watch has come to, so that the list of all does not go back behind it. */
    private String newest() {
        String newest = "";
        for (Part part : parts) {
            String version = part.narrow == null ? "" : part.narrow.version();
            boolean longer = version.length() > newest.length();
            if (longer || (version.length() == newest.length() && version.compareTo(newest) > 0)) {
                newest = version;
            }
        }
        return newest;
    }

    /** What the wide watch does to the parts. */
    private final class Members implements NamespaceWatch.Members<T> {

        @Override
        public void forEach(NamespaceWatch.Action<T> action) {
            List.copyOf(parts).forEach(part -> action.on(part.state, part.covers));
        }

        @Override
        public void complete() {
            parts.forEach(Part::widen);
        }

        @Override
        public boolean failed(ApiFailure failure, boolean complete, String version) {
            boolean refused = complete ? failure.kind() == Kind.FORBIDDEN : REFUSALS.contains(failure.kind());
            if (refused) {
                String reason = AccessHint.explain(failure, all);
                log.info("namespace {}: a watch for each of {} again: {}", all.namespace(), parts.size(), reason);
                refusedUntilNanos = loop.now() + REFUSED_FOR.toNanos();
                wide = null;
                List.copyOf(parts).forEach(part -> part.narrow(version));
            } else {
                parts.stream().filter(part -> part.narrow == null).toList().forEach(part -> part.state.lost(failure));
            }
            return refused;
        }
    }

    /** A part that somebody follows. */
    private final class Part implements Share {

        private final ApiResource resource;
        private final ItemReader<T> reader;
        private final Predicate<T> covers;
        private final ReflectorState<T> state;
        private @Nullable Reflector<T> narrow;
        private @Nullable Future<?> patience;
        private boolean following;

        Part(ApiResource resource, ItemReader<T> reader, Predicate<T> covers, ReflectorState<T> state) {
            this.resource = resource;
            this.reader = reader;
            this.covers = covers;
            this.state = state;
        }

        @Override
        public void start() {
            following = true;
            SharedCollection.this.start(this);
        }

        @Override
        public void close() {
            if (following) {
                following = false;
                end(this);
            }
        }

        /** Follows it by the wide watch, or will when that is complete. */
        void join(NamespaceWatch<T> whole) {
            whole.join(state, covers);
            if (!whole.isComplete() && !resource.equals(all)) {
                patience = loop.after(Freshness.PATIENCE, () -> narrow(""));
            }
        }

        /** Follows it by a watch of its own, unless that is so already. */
        void narrow(String since) {
            Loop.cancel(patience);
            if (narrow == null) {
                narrow = scope.reflector(resource, reader, state);
                narrow.listSince(since);
            }
        }

        /** Ends its own watch. */
        void widen() {
            Loop.cancel(patience);
            if (narrow != null) {
                narrow.close();
                narrow = null;
            }
        }
    }
}
