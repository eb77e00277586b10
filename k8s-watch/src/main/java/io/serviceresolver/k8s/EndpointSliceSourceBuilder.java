package io.serviceresolver.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Builds an {@link EndpointSliceSource}. Not thread-safe. */
public final class EndpointSliceSourceBuilder {

    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);

    private ApiTransport.Opener opener = new InCluster(System.getenv(), InCluster.SERVICE_ACCOUNT);
    private Duration silenceTimeout = WatchOptions.DEFAULTS.silenceTimeout();
    private Duration disconnectGrace = WatchOptions.DEFAULTS.disconnectGrace();
    private int maxEndpoints = WatchOptions.DEFAULTS.maxEndpoints();
    private int namespaceWatchAbove = WatchOptions.DEFAULTS.namespaceWatchAbove();
    private AccessOptions access = AccessOptions.DEFAULTS.with(Route.AUTO);
    private boolean inside = isInside(System.getenv());

    EndpointSliceSourceBuilder() {}

    /** Uses the Pod's service account, which is the default: this builder. */
    public EndpointSliceSourceBuilder inCluster() {
        return inCluster(new InCluster(System.getenv(), InCluster.SERVICE_ACCOUNT));
    }

    EndpointSliceSourceBuilder inCluster(InCluster cluster) {
        inside = true;
        return opener(cluster);
    }

    /**
     * Uses the current context of a kubeconfig.
     *
     * @param file the file, read on first use
     * @return this builder
     */
    public EndpointSliceSourceBuilder kubeconfig(Path file) {
        inside = isInside(System.getenv());
        return opener(Transports.ofKubeconfig(file));
    }

    /**
     * Uses a client of yours.
     *
     * @param client open for as long as the source is, which does not close it
     * @return this builder
     */
    public EndpointSliceSourceBuilder client(KubernetesClient client) {
        inside = isInside(System.getenv());
        return opener(Transports.ofClient(client));
    }

    EndpointSliceSourceBuilder opener(ApiTransport.Opener value) {
        opener = value;
        return this;
    }

    /**
     * How long a watch may say nothing before it is replaced. The API server sends a bookmark about once a minute, so
     * less than that costs a list and a watch each time.
     *
     * @param timeout 5 seconds to 1 hour, 75 seconds by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public EndpointSliceSourceBuilder silenceTimeout(Duration timeout) {
        silenceTimeout = within("silenceTimeout", timeout, SHORTEST_SILENCE);
        return this;
    }

    /**
     * For how long a watch may be broken before its set is called into question.
     *
     * @param grace 0 to 1 hour, 5 seconds by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public EndpointSliceSourceBuilder disconnectGrace(Duration grace) {
        disconnectGrace = within("disconnectGrace", grace, Duration.ZERO);
        return this;
    }

    /**
     * How many endpoints of one Service are used. Of a larger set it is a part: the ready ones first, else by a hash that
     * differs from process to process; a line in the log says so.
     *
     * @param most at least 1, 10,000 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public EndpointSliceSourceBuilder maxEndpoints(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("maxEndpoints: " + most + " (expected: 1 or more)");
        }
        maxEndpoints = most;
        return this;
    }

    /**
     * How many Services of one namespace are watched each by itself. Where more are in use, one watch on the whole
     * namespace takes their place: fewer connections, and no request for a Service that comes to that, for the memory
     * that all endpoints of the namespace take. It is never more than a namespace that is watched. Where the access
     * rules do not allow it, the narrow watches stay.
     *
     * @param services at least 0, 8 by default; {@link Integer#MAX_VALUE} for narrow watches always
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public EndpointSliceSourceBuilder namespaceWatchAbove(int services) {
        if (services < 0) {
            throw new IllegalArgumentException("namespaceWatchAbove: " + services + " (expected: 0 or more)");
        }
        namespaceWatchAbove = services;
        return this;
    }

    /**
     * On which way Services are called. {@link Route#AUTO} takes this process to be inside the cluster where the source
     * uses the Pod's service account, or {@code KUBERNETES_SERVICE_HOST} is set.
     *
     * @param value {@link Route#AUTO} by default
     * @return this builder
     */
    public EndpointSliceSourceBuilder route(Route value) {
        access = access.with(value);
        return this;
    }

    /**
     * By which family of addresses endpoints are called.
     *
     * @param policy {@link FamilyPolicy#automatic} by default
     * @return this builder
     */
    public EndpointSliceSourceBuilder families(FamilyPolicy policy) {
        access = access.with(policy);
        return this;
    }

    /**
     * At which address a node is called, by {@link Route#NODE_PORT}: the first of the first kind that it has. Names are
     * looked up, which takes a while; a node whose name cannot be looked up is left out.
     *
     * @param types by default {@link NodeAddressType#EXTERNAL_IP}, then {@link NodeAddressType#INTERNAL_IP}
     * @return this builder
     * @throws IllegalArgumentException if there is none
     */
    public EndpointSliceSourceBuilder nodeAddressTypes(NodeAddressType... types) {
        if (types.length == 0) {
            throw new IllegalArgumentException("nodeAddressTypes: none (expected: one or more)");
        }
        access = access.with(List.of(types));
        return this;
    }

    /**
     * Reads no Service objects, only slices: one watch less for each Service, and no right to read {@code services} is
     * needed. That costs what only the Service says: its {@code internalTrafficPolicy} and {@code sessionAffinity} are
     * not respected, a number means the port of the Pods and not the Service's, the order of its {@code ipFamilies} is
     * taken to be IPv4 before IPv6, an ExternalName is not found, a Service without any slice is taken to be absent; and
     * the only route is {@link Route#POD}.
     *
     * @return this builder
     */
    public EndpointSliceSourceBuilder withoutServices() {
        access = access.with(AccessOptions.Services.LEFT_ALONE);
        return this;
    }

    /**
     * Makes the source. Nothing is read or connected yet.
     *
     * @return the source
     * @throws IllegalArgumentException if {@link #withoutServices} is combined with what needs the Service: a route
     *     other than {@link Route#AUTO} and {@link Route#POD}, or {@link FamilyPolicy#requireDualStack}
     */
    public EndpointSliceSource build() {
        AccessOptions built = access;
        boolean alone = access.services() == AccessOptions.Services.LEFT_ALONE;
        if (alone && access.families().needsService()) {
            throw new IllegalArgumentException("families: " + access.families()
                    + " (expected: a policy that does not need the Service, with" + " withoutServices())");
        }
        if (access.route() == Route.AUTO && (inside || alone)) {
            built = access.with(Route.POD);
        }
        if (alone && built.route() != Route.POD) {
            throw new IllegalArgumentException(
                    "route: " + built.route() + " (expected: POD or AUTO, with withoutServices())");
        }
        return new EndpointSliceSource(
                opener, new WatchOptions(silenceTimeout, disconnectGrace, maxEndpoints, namespaceWatchAbove, built));
    }

    private static boolean isInside(Map<String, String> environment) {
        return !environment.getOrDefault(InCluster.HOST, "").isEmpty();
    }

    private static Duration within(String what, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: " + least + " to " + LONGEST + ")");
        }
        return value;
    }
}
