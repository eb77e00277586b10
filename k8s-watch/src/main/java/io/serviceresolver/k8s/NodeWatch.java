package io.serviceresolver.k8s;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nodes of the cluster, followed by one watch while any feed needs them. Used by the scheduler's thread. */
final class NodeWatch {

    private final Set<Runnable> listeners = new LinkedHashSet<>();
    private @Nullable Followed<NodeView> nodes;

    /**
     * What there is, for a feed that is told of changes from now on.
     *
     * @param scope what the feeds share
     * @param onChange runs when something is another: the same object each time
     */
    Knowledge<Collection<NodeView>> ask(FeedScope scope, Runnable onChange) {
        listeners.add(onChange);
        if (nodes == null) {
            nodes = new Followed<>(
                    "nodes", ApiResource.nodes(), new NodeReader(), NodeView::name, scope, this::changed);
        }
        return nodes.ask();
    }

    /** Tells a feed nothing more; the last one ends the watch. */
    void leave(Runnable onChange) {
        if (listeners.remove(onChange) && listeners.isEmpty() && nodes != null) {
            nodes.close();
            nodes = null;
        }
    }

    private void changed() {
        List.copyOf(listeners).forEach(Runnable::run);
    }
}
