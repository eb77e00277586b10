package io.serviceresolver;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.serviceresolver.balancer.Balancer;
import io.serviceresolver.selector.LabelSelector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The handles of one service: that of the whole, and those of its parts for as long as somebody holds them. */
final class FeedViews {

    private final Function<LabelSelector, ServiceView> maker;
    private final ServiceView root;

    /** The parts, once somebody asks for one: most services have none. Written by the first who does. */
    private volatile @Nullable Cache<LabelSelector, ServiceView> parts;

    /** The handles that somebody listens to, whether or not they hold them. Event loop only. */
    private final Set<ServiceView> listening = new HashSet<>();

    FeedViews(Function<LabelSelector, ServiceView> maker) {
        this.maker = maker;
        this.root = maker.apply(LabelSelector.everything());
    }

    ServiceView root() {
        return root;
    }

    /**
     * The handle of a part: the same object for as long as anyone holds it.
     *
     * @param selector the labels of that part
     * @param begin what is to be done with a new one
     */
    ServiceView part(LabelSelector selector, Consumer<ServiceView> begin) {
        if (selector.isEverything()) {
            return root;
        }
        return parts().get(selector, key -> {
            ServiceView made = maker.apply(key);
            begin.accept(made);
            return made;
        });
    }

    private synchronized Cache<LabelSelector, ServiceView> parts() {
        Cache<LabelSelector, ServiceView> made = parts;
        if (made == null) {
            made = Caffeine.newBuilder().weakValues().executor(Runnable::run).build();
            parts = made;
        }
        return made;
    }

    /** All handles, that of the whole first. */
    List<ServiceView> all() {
        Cache<LabelSelector, ServiceView> known = parts;
        if (known == null) {
            return List.of(root);
        }
        List<ServiceView> all = new ArrayList<>();
        all.add(root);
        all.addAll(known.asMap().values());
        return all;
    }

    /** The balancers of all handles. */
    List<Balancer> balancers() {
        List<Balancer> balancers = new ArrayList<>();
        for (ServiceView view : all()) {
            balancers.addAll(view.balancers());
        }
        return balancers;
    }

    /** The hosts that any handle would choose from if all were healthy: each once. */
    Collection<Host> eligible(HostTable table) {
        List<ServiceView> views = all();
        if (views.size() == 1) {
            return root.eligible(table);
        }
        Set<Host> eligible = new LinkedHashSet<>();
        views.forEach(view -> eligible.addAll(view.eligible(table)));
        return eligible;
    }

    /** Whether any handle was used since this was last asked. */
    boolean takeUsed() {
        return all().stream().map(ServiceView::takeUsed).reduce(false, Boolean::logicalOr);
    }

    /** Whether somebody listens to any handle. */
    boolean anyKept() {
        return !listening.isEmpty();
    }

    /** Keeps a handle that somebody listens to: whether it is one. */
    boolean keep(ServiceView view) {
        if (view.hasListeners()) {
            listening.add(view);
        } else {
            listening.remove(view);
        }
        return view.hasListeners();
    }
}
