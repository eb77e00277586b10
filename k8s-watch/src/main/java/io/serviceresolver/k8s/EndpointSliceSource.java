package io.serviceresolver.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.serviceresolver.endpoint.PodSelection;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.Target;
import io.serviceresolver.source.EndpointSource;
import io.serviceresolver.source.SourceContext;
import io.serviceresolver.source.SourceListener;
import io.serviceresolver.source.SourceSubscription;
import java.nio.file.Path;

/**
 * Learns the endpoints of Services from a watch on their EndpointSlices ({@code discovery.k8s.io/v1}): what the cluster
 * knows, as soon as it knows it. Thread-safe.
 *
 * <p>It needs the right to {@code list} and {@code watch} {@code endpointslices} in the namespaces of the Services it is
 * asked for; labels of Pods, and Pods selected without a Service, need the same for {@code pods}:
 *
 * <pre>{@code
 * apiVersion: rbac.authorization.k8s.io/v1
 * kind: Role
 * rules:
 *   - apiGroups: ["discovery.k8s.io"]
 *     resources: ["endpointslices"]
 *     verbs: ["list", "watch"]
 * }</pre>
 *
 * <p><b>Ports.</b> Slices know the ports of a Service by name. A port that is named, or is the only one, therefore needs
 * no more than that. What the Service <em>numbers</em> 80 stands in the Service alone: a name such as {@code skippy:80}
 * makes this source read that Service too ({@code list} and {@code watch} on {@code services}, which may be narrowed down
 * by {@code resourceNames}), and so does a URI without a port for a Service with several ports none of which is named or
 * declared for its scheme. Where that right is missing, a number means the port of the Pods that has it.
 *
 * <p><b>Families.</b> A Pod with an IPv4 and an IPv6 address is one endpoint: by the family that the Service prefers where
 * the Service is read, else by IPv4. An endpoint that is no Pod is known by its address alone.
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
 * with the reason and what helps.
 *
 * <p><b>Cost.</b> One connection and one watch for each Service in use, however many ports of it are used, up to eight in
 * a namespace ({@link EndpointSliceSourceBuilder#namespaceWatchAbove}); above that, one for the namespace, which keeps the
 * endpoints of all its Services in memory. A list and a new watch every 5 to 10 minutes; no request ever for a pick. The client is made on first use, on a thread of its own:
 * that takes about a second of CPU time. Two daemon threads at most, besides those of the HTTP client.
 */
public final class EndpointSliceSource implements EndpointSource {

    private final ApiClient client;
    private final Feeds feeds;

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
     * A source for the current context of a kubeconfig. It is read on first use.
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
        return feeds.follow(target, context, listener);
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
    }
}
