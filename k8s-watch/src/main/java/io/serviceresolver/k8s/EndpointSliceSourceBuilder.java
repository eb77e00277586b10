package io.serviceresolver.k8s;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;

/** Builds an {@link EndpointSliceSource}. Not thread-safe. */
public final class EndpointSliceSourceBuilder {

    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);

    private ApiTransport.Opener opener = new InCluster(System.getenv(), InCluster.SERVICE_ACCOUNT);
    private Duration silenceTimeout = WatchOptions.DEFAULTS.silenceTimeout();
    private Duration disconnectGrace = WatchOptions.DEFAULTS.disconnectGrace();
    private int maxEndpoints = WatchOptions.DEFAULTS.maxEndpoints();
    private int namespaceWatchAbove = WatchOptions.DEFAULTS.namespaceWatchAbove();

    EndpointSliceSourceBuilder() {}

    /** Uses the Pod's service account, which is the default: this builder. */
    public EndpointSliceSourceBuilder inCluster() {
        return opener(new InCluster(System.getenv(), InCluster.SERVICE_ACCOUNT));
    }

    /**
     * Uses the current context of a kubeconfig.
     *
     * @param file the file, read on first use
     * @return this builder
     */
    public EndpointSliceSourceBuilder kubeconfig(Path file) {
        return opener(Transports.ofKubeconfig(file));
    }

    /**
     * Uses a client of yours.
     *
     * @param client open for as long as the source is, which does not close it
     * @return this builder
     */
    public EndpointSliceSourceBuilder client(KubernetesClient client) {
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
     * How many endpoints one Service may have: a larger set is refused as a whole, for a part of it would mislead.
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

    /** Makes the source. Nothing is read or connected yet. */
    public EndpointSliceSource build() {
        return new EndpointSliceSource(
                opener, new WatchOptions(silenceTimeout, disconnectGrace, maxEndpoints, namespaceWatchAbove));
    }

    private static Duration within(String what, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: " + least + " to " + LONGEST + ")");
        }
        return value;
    }
}
