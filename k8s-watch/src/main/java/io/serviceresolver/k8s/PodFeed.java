package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.PodSelection;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.source.KnownEndpoint;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceAnswer.Refused;
import io.serviceresolver.source.SourceAnswer.Unavailable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The Pods that a selector finds, kept current by one watch for all who want to know, whichever port they mean. Used by
 * the scheduler's thread.
 */
final class PodFeed implements Feed, ReflectorState<Pod> {

    private final PodSelection selection;
    private final NamespaceHub hub;
    private final WatchOptions options;
    private final Loop loop;
    private final Pace pace;
    private final Freshness freshness;
    private final Share share;
    private final Fetches<Pod> fetches;
    private final Map<String, Pod> pods = new TreeMap<>();
    private final Audience audience = new Audience(this::answer);

    PodFeed(PodSelection selection, NamespaceHub hub) {
        this.selection = selection;
        this.hub = hub;
        this.options = hub.scope().options();
        this.loop = hub.scope().loop();
        this.pace = new Pace(loop, audience::tellAll);
        ApiResource resource = ApiResource.pods(selection.namespace(), selection.selector());
        this.freshness = new Freshness(selection, resource, loop, options.disconnectGrace(), pace::request);
        this.share = hub.pods(selection.selector(), this);
        this.fetches = new Fetches<>(hub.scope(), resource, hub.podReader(selection.selector()));
    }

    @Override
    public void start() {
        freshness.start();
        share.start();
    }

    @Override
    public void add(FeedSubscription subscription) {
        audience.add(subscription);
    }

    @Override
    public boolean remove(FeedSubscription subscription) {
        return audience.remove(subscription);
    }

    @Override
    public void close() {
        audience.close();
        pace.close();
        freshness.close();
        share.close();
        fetches.close();
    }

    private @Nullable SourceAnswer answer(FeedSubscription subscription) {
        if (freshness.isStale()) {
            return new Unavailable(freshness.reason());
        }
        if (!freshness.isComplete()) {
            return null;
        }
        ServicePort port = subscription.port();
        List<Pod> meant = meant(pods.values(), port);
        if (meant.isEmpty() && !pods.isEmpty()) {
            return new Refused(noPort(port, pods.values()));
        }
        return subscription.found(endpoints(meant, port, subscription.cache()), ServiceTraits.DEFAULT);
    }

    private static List<Pod> meant(Collection<Pod> all, ServicePort port) {
        return all.stream().filter(pod -> pod.number(port).isPresent()).toList();
    }

    private static String noPort(ServicePort port, Collection<Pod> pods) {
        Set<String> names = new TreeSet<>();
        pods.forEach(pod -> pod.ports().forEach(one -> names.add(one.name())));
        String ports = names.isEmpty() ? "a number: no container names a port" : String.join(", ", names);
        return "port: " + port + " (expected: " + ports + ")";
    }

    /** One for each Pod; of several with one address and port the one that a Service would have. */
    private List<Endpoint> endpoints(Collection<Pod> meant, ServicePort port, EndpointCache cache) {
        Set<IpFamily> reachable = hub.scope().context().topology().current().families();
        Map<String, Endpoint> chosen = new LinkedHashMap<>();
        cache.of(meant, pod -> reachable, (pod, families) -> at(pod, port, families))
                .forEach(endpoint -> chosen.merge(endpoint.authority(), endpoint, SliceMerge::better));
        return List.copyOf(chosen.values());
    }

    private Endpoint at(Pod pod, ServicePort port, Set<IpFamily> reachable) {
        return hub.scope().parts().share(pod.at(pod.number(port).orElse(1), reachable, hub.shared()));
    }

    @Override
    public List<KnownEndpoint> explain(FeedSubscription subscription) {
        ServicePort port = subscription.port();
        EndpointSet set =
                EndpointSet.of(subscription.limited(endpoints(meant(pods.values(), port), port, new EndpointCache())));
        Set<IpFamily> reachable = hub.scope().context().topology().current().families();
        return new PodExplainer(selection.namespace(), port, set, loop.now())
                .explain(pods.values(), pod -> at(pod, port, reachable));
    }

    @Override
    public CompletableFuture<EndpointSet> fetch(FeedSubscription subscription) {
        ServicePort port = subscription.port();
        return fetches.fetch(items -> {
            Map<String, Pod> fresh = new TreeMap<>();
            items.forEach(pod -> fresh.put(pod.name(), pod));
            List<Pod> meant = meant(fresh.values(), port);
            if (meant.isEmpty() && !fresh.isEmpty()) {
                throw new IllegalStateException(noPort(port, fresh.values()));
            }
            return EndpointSet.of(subscription.limited(endpoints(meant, port, new EndpointCache())));
        });
    }

    @Override
    public boolean replaceAll(List<Pod> items) {
        Map<String, Pod> before = Map.copyOf(pods);
        pods.clear();
        for (Pod pod : items) {
            Pod known = before.get(pod.name());
            pods.put(pod.name(), pod.equals(known) ? known : pod);
        }
        return !before.equals(pods);
    }

    @Override
    public void put(Pod item) {
        pods.put(item.name(), item);
    }

    @Override
    public void remove(String name) {
        pods.remove(name);
    }

    @Override
    public boolean isEmpty() {
        return pods.isEmpty();
    }

    @Override
    public void changed() {
        pace.request();
    }

    @Override
    public void live() {
        freshness.live(pods.size());
    }

    @Override
    public void lost(ApiFailure failure) {
        freshness.lost(failure);
    }
}
