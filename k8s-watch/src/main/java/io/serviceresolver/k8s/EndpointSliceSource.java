package io.serviceresolver.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Learns the endpoints of Services from watches on them and on their EndpointSlices ({@code discovery.k8s.io/v1}): what
 * the cluster knows, as soon as it knows it. Thread-safe.
 *
 * <p>It needs these rights in the namespaces of the Services it is asked for:
 *
 * <pre>{@code
 * apiVersion: rbac.authorization.k8s.io/v1
 * kind: Role
 * rules:
 *   - apiGroups: ["discovery.k8s.io"]
 *     resources: ["endpointslices"]
 *     verbs: ["list", "watch"]
 *   - apiGroups: [""]
 *     resources: ["services"]     # may be narrowed down by resourceNames
 *     verbs: ["list", "watch"]
 * }</pre>
 *
 * <p><b>Services.</b> The Service object says which of its Pods may be called ({@code internalTrafficPolicy},
 * {@code sessionAffinity}), by which family, what its numbers of ports mean, and whether it is an alias
 * ({@code externalName}). The first answer waits for it, for a second at most. What was read once goes on to hold while it
 * cannot be read. Where it may not be read at all, a line in the log says so, and its defaults are taken; see
 * {@link EndpointSliceSourceBuilder#withoutServices}.
 *
 * <p><b>Ports.</b> Slices know the ports of a Service by name; what the Service <em>numbers</em> 80 stands in the Service
 * alone. Where that cannot be read, a number means the port of the Pods that has it. A port that there is not, or one of
 * several that is not named, is {@code Refused}. What a URI without a port means is told by the name of a port, by its
 * {@code appProtocol}, or by the well-known number.
 *
 * <p><b>Families.</b> A Pod with an IPv4 and an IPv6 address is one endpoint, by the first of the Service's families that
 * this host can reach; see {@link FamilyPolicy}. An endpoint that is no Pod is known by its address alone.
 *
 * <p><b>Routes.</b> Inside a cluster Pods are called one by one, whatever the type of the Service: by its cluster IP,
 * headless, with a node port, a load balancer or without a selector. From elsewhere it is called by its load balancer or
 * its node ports; see {@link Route}. {@link Route#NODE_PORT} needs the right to {@code list} and {@code watch}
 * {@code nodes}, by a ClusterRole. An {@code externalName} is looked up every 30 seconds by the operating system, through
 * the JDK, which remembers what it finds for 30 seconds by default ({@code networkaddress.cache.ttl}).
 *
 * <p><b>Zone.</b> Where the name of our own node is known and its zone is not, the node is read once, if a ClusterRole
 * allows to {@code list} {@code nodes}; if not, nothing is lost but that.
 *
 * <p><b>Labels</b> of an endpoint are {@code topology.kubernetes.io/zone} and {@code kubernetes.io/hostname} (its node):
 * slices do not bear the labels of Pods.
 *
 * <p><b>Faults.</b> It never stops trying. What was known holds until a complete new list has come; a connection that is
 * dead without a sign is noticed by its silence. While the API server cannot be asked, the answer is {@code Unavailable},
 * with the reason and what helps.
 *
 * <p><b>Cost.</b> Two watches for each Service in use, however many ports of it are used: one on its slices, one on
 * itself; a list and a new watch of each every 5 to 10 minutes; no request ever for a pick. Routes other than to Pods need
 * one watch on the Service, by node ports one on all nodes for all Services together, and one on slices where
 * {@code externalTrafficPolicy} is {@code Local}. The client is made on first use, on a thread of its own: that takes
 * about a second of CPU time. Two daemon threads at most, besides those of the HTTP client, and one where names are looked
 * up.
 */
public final class EndpointSliceSource implements EndpointSource {

    private final ApiClient client;
    private final WatchOptions options;

    private final HostLookup lookup;

    /** Written by the scheduler's thread. */
    private final Map<FeedKey, Feed> feeds = new ConcurrentHashMap<>();

    /** What the feeds of one scheduler share, until it is shut down. Written by that scheduler's thread. */
    private final Map<ScheduledExecutorService, FeedScope> scopes = new ConcurrentHashMap<>();

    /** Reviews of access that go on; written by those who ask for them, and by the threads that end them. */
    private final Set<AccessPreflight> preflights = ConcurrentHashMap.newKeySet();

    /** Written once, by whoever closes. */
    private volatile boolean closed;

    /** Who follows what: each on the thread of its own scheduler. */
    private record FeedKey(ScheduledExecutorService scheduler, ServiceName service) {}

    EndpointSliceSource(ApiTransport.Opener opener, WatchOptions options) {
        this.client = new ApiClient(opener);
        this.options = options;
        this.lookup = new HostLookup(options.access().resolver());
    }

    /**
     * A source for a process that runs in a Pod: the API server by {@code KUBERNETES_SERVICE_HOST}, the Pod's service
     * account, no proxy. Token and certificate are read from their files as they change.
     *
     * @return a new source: close it
     */
    public static EndpointSliceSource inCluster() {
        return builder().inCluster().build();
    }

    /**
     * A source for the current context of a kubeconfig. It is read on first use. Outside a cluster, Services are called
     * by their load balancer or node ports: where the network of Pods can be reached, see {@link Route#POD}.
     *
     * @param kubeconfig the file
     * @return a new source: close it
     */
    public static EndpointSliceSource fromKubeconfig(Path kubeconfig) {
        return builder().kubeconfig(kubeconfig).build();
    }

    /**
     * A source that uses a client of yours, which it does not close. Its own time-outs and retries do not apply. Turn
     * HTTP/2 off in its configuration: the JDK's HTTP/2 keeps on using a connection that is dead without a sign.
     *
     * @param client open for as long as the source is
     * @return a new source: close it
     */
    public static EndpointSliceSource using(KubernetesClient client) {
        return builder().client(client).build();
    }

    /** Starts a source with other settings. */
    public static EndpointSliceSourceBuilder builder() {
        return new EndpointSliceSourceBuilder();
    }

    @Override
    public String name() {
        return "watch";
    }

    /**
     * Starts to follow one service, by the watch that all its ports share.
     *
     * @throws IllegalStateException if the source is closed
     */
    @Override
    public SourceSubscription subscribe(ServiceName service, SourceContext context, SourceListener listener) {
        if (closed) {
            throw new IllegalStateException("source: watch (expected: not closed)");
        }
        FeedSubscription subscription = new FeedSubscription(service, listener);
        FeedKey key = new FeedKey(context.scheduler(), service.withPort(ServicePort.ONLY));
        Loop loop = new Loop(context);
        loop.run(() -> feed(key, context).add(subscription));
        return () -> {
            subscription.close();
            loop.run(() -> leave(key, subscription));
        };
    }

    /**
     * Asks the API server whether this client may do what it is to be used for, by {@code SelfSubjectAccessReview}: the
     * right to do that comes with {@code system:basic-user}, which all who are authenticated usually have. Does not block.
     *
     * @param uses what the source is to be used for
     * @param namespaces the namespaces of the Services and Pods
     * @return the report, always: where the server does not answer, or does not review access, the report says so
     */
    public CompletableFuture<AccessReport> checkAccess(Set<ApiUse> uses, Set<String> namespaces) {
        Set<AccessRight> rights = new LinkedHashSet<>();
        for (String namespace : new TreeSet<>(namespaces)) {
            new TreeSet<>(uses).forEach(use -> rights.addAll(use.rights(namespace)));
        }
        AccessPreflight preflight = new AccessPreflight(client, rights);
        preflights.add(preflight);
        CompletableFuture<AccessReport> report = preflight.start();
        if (closed) {
            preflight.cancel();
        }
        return report.whenComplete((done, problem) -> preflights.remove(preflight));
    }

    /** How many requests this source has sent to the API server so far: lists and watches. */
    @Override
    public long requests() {
        return client.requests();
    }

    /** The same as {@link #requests}. */
    public long apiRequests() {
        return requests();
    }

    /**
     * Ends all watches and lets go of connections and threads. A client that was given stays open. On Java 17 the HTTP
     * client's own thread ends when the client is garbage-collected.
     */
    @Override
    public void close() {
        closed = true;
        feeds.forEach((key, feed) -> Loop.tryRun(key.scheduler(), feed::close));
        scopes.forEach((scheduler, scope) -> Loop.tryRun(scheduler, scope::close));
        lookup.close();
        client.close();
        preflights.forEach(AccessPreflight::cancel);
    }

    private Feed feed(FeedKey key, SourceContext context) {
        Feed known = feeds.get(key);
        if (known != null) {
            return known;
        }
        FeedScope scope = scope(context);
        Feed feed = options.access().route() == Route.POD
                ? new ServiceFeed(key.service(), scope)
                : new RoutedFeed(key.service(), scope);
        feeds.put(key, feed);
        feed.start();
        return feed;
    }

    private FeedScope scope(SourceContext context) {
        FeedScope known = scopes.get(context.scheduler());
        if (known != null) {
            return known;
        }
        scopes.keySet().removeIf(ScheduledExecutorService::isShutdown);
        FeedScope scope = new FeedScope(client, context, options, lookup);
        scopes.put(context.scheduler(), scope);
        scope.start();
        return scope;
    }

    private void leave(FeedKey key, FeedSubscription subscription) {
        Feed feed = feeds.get(key);
        if (feed != null && feed.remove(subscription)) {
            feeds.remove(key);
            feed.close();
        }
    }
}
