package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.source.KnownEndpoint;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says of each Pod that a selector finds whether it is in the set, and why not. */
final class PodExplainer {

    private final String namespace;
    private final ServicePort port;
    private final EndpointSet set;
    private final long now;
    private final Map<String, Endpoint> byAuthority = new HashMap<>();

    /**
     * Prepares.
     *
     * @param namespace the namespace of the Pods
     * @param port the port meant
     * @param set what was chosen
     * @param now the time
     */
    PodExplainer(String namespace, ServicePort port, EndpointSet set, long now) {
        this.namespace = namespace;
        this.port = port;
        this.set = set;
        this.now = now;
        set.endpoints().forEach(endpoint -> byAuthority.put(endpoint.authority(), endpoint));
    }

    /** Explains; the endpoint of a Pod without the port is shown with a port of its own. */
    List<KnownEndpoint> explain(Collection<Pod> pods, Function<Pod, Endpoint> endpoints) {
        return pods.stream().map(pod -> of(pod, endpoints.apply(pod))).toList();
    }

    private KnownEndpoint of(Pod pod, Endpoint endpoint) {
        Revision revision = pod.revision();
        Duration age = Duration.ofNanos(now - revision.learntNanos());
        String object = "Pod " + namespace + "/" + pod.name();
        return new KnownEndpoint(endpoint, object, revision.version(), age, leftOut(pod, endpoint));
    }

    private Optional<String> leftOut(Pod pod, Endpoint endpoint) {
        if (pod.number(port).isEmpty()) {
            String named = pod.ports().stream().map(ContainerPort::name).collect(Collectors.joining(", "));
            return Optional.of("no container port of the name " + port + ": " + (named.isEmpty() ? "none" : named));
        }
        if (set.find(endpoint.id()).isPresent()) {
            return Optional.empty();
        }
        @Nullable Endpoint winner = byAuthority.get(endpoint.authority());
        return Optional.of("duplicate of " + winner);
    }
}
