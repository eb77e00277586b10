package io.serviceresolver.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.serviceresolver.endpoint.PodSelection;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Learns the endpoints of Services from watches on them and on their EndpointSlices ({@code discovery.k8s.io/v1}): what
 * the cluster knows, as soon as it knows it. Thread-safe.
 *
 * <p>It needs these rights in the namespaces of the Services it is asked for; labels of Pods, and Pods selected without
 * a Service, need the same for {@code pods} too:
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
 * slices do not bear the labels of Pods. Those are read where somebody selects by them, by a watch on the Pods that the
 * Service selects. Of a Pod no more is kept than an endpoint needs.
 *
 * <p><b>Pods without a Service</b> are selected by the API server, and their conditions are those that a Service's
 * endpoints would have. One that has ended, or has no address yet, is none of them.
 *
 * <p><b>Faults.</b> It never stops trying. What was known holds until a complete new list has come; a connection that is
 * dead without a sign is noticed by its silence. While the API server cannot be asked, the answer is {@code Unavailable},
 * with the reason and what helps; outside a cluster, for a source of the Pod's own service account, it is that for good.
 *
 * <p><b>Cost.</b> Two watches for each Service in use, however many ports of it are used: one on its slices, one on
 * itself; a third one on its Pods where their labels are selected by. Where more than eight Services of a namespace are in
 * use ({@link EndpointSliceSourceBuilder#namespaceWatchAbove}), one watch on the namespace for each kind takes the place of
 * those, and keeps in memory what it says of all Services. A list and a new watch of each every 5 to 10 minutes; no request
 * ever for a pick. Routes other than to Pods need one watch on the Service, by node ports one on all nodes for all Services
 * together, and one on slices where {@code externalTrafficPolicy} is {@code Local}. The client is made on first use, on a
 * thread of its own: that takes about a second of CPU time. Two daemon threads at most, besides those of the HTTP client,
 * and one where names are looked up.
 */
public final class EndpointSliceSource implements EndpointSource {

    private final ApiClient client;
    private final Feeds feeds;

    /** Reviews of access that go on; written by those who ask for them, and by the threads that end them. */
    private final Set<AccessPreflight> preflights = ConcurrentHashMap.newKeySet();

    /** Written once, by whoever closes. */
    private volatile boolean closed;

    EndpointSliceSource(ApiTransport.Opener opener, WatchOptions options) {
        this.client = new ApiClient(opener);
        this.feeds = new Feeds(client, options);
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
        return follow(service, context, listener);
    }

    /**
     * Starts to follow the Pods that a selector finds, by the watch that all ports of them share.
     *
     * @throws IllegalStateException if the source is closed
     */
    @Override
    public SourceSubscription subscribe(PodSelection pods, SourceContext context, SourceListener listener) {
        return follow(pods, context, listener);
    }

    private SourceSubscription follow(Target target, SourceContext context, SourceListener listener) {
        if (closed) {
            throw new IllegalStateException("source: watch (expected: not closed)");
        }
        Optional<String> obstacle = client.obstacle();
        if (obstacle.isPresent()) {
            listener.onAnswer(SourceAnswer.Unavailable.forGood(obstacle.get()));
            return () -> {};
        }
        return feeds.follow(target, context, listener);
    }

    /**
     * Asks the API server whether this client may do what it is to be used for, by {@code SelfSubjectAccessReview}: the
     * right to do that comes with {@code system:basic-user}, which all who are authenticated usually have. Does not block.
     *
     * @param uses what the source is to be used for
     * @param namespaces the namespaces of the Services and Pods
     * @return the report, always: where the server does not answer, or does not review access, the report says so; it
     *     comes on a thread of this source, which must not be blocked
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
        feeds.close();
        client.close();
        preflights.forEach(AccessPreflight::cancel);
    }
}
