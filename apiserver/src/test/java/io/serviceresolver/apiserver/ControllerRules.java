package io.serviceresolver.apiserver;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.serviceresolver.apiserver.WrittenEndpoint.Port;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the EndpointSlice controller has to write of the Pods that a Service selects, as we read its rules: which of them
 * are endpoints, which conditions these have, and which ports.
 */
final class ControllerRules {

    private static final Set<String> TERMINAL = Set.of("Failed", "Succeeded");

    private ControllerRules() {}

    static List<WrittenEndpoint> endpoints(Service service, Collection<Pod> selected) {
        return WrittenEndpoint.sorted(selected.stream()
                .filter(pod -> !TERMINAL.contains(pod.getStatus().getPhase()))
                .flatMap(pod -> addresses(service, pod).map(address -> endpoint(service, pod, address)))
                .toList());
    }

    /** For each family of the Service the first address of the Pod, if it has one. */
    private static Stream<String> addresses(Service service, Pod pod) {
        List<String> families = service.getSpec().getIpFamilies();
        // A server that knows one family only names none.
        return (families.isEmpty() ? List.of("IPv4") : families)
                .stream()
                        .flatMap(family -> pod.getStatus().getPodIPs().stream()
                                .map(PodIP::getIp)
                                .filter(ip -> (ip.indexOf(':') < 0) == family.equals("IPv4"))
                                .limit(1));
    }

    private static WrittenEndpoint endpoint(Service service, Pod pod, String address) {
        boolean serving = pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
        boolean terminating = pod.getMetadata().getDeletionTimestamp() != null;
        boolean published = Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
        String node = pod.getSpec().getNodeName();
        return new WrittenEndpoint(
                address,
                pod.getMetadata().getUid(),
                node,
                RealNamespace.zone(node),
                published || (serving && !terminating),
                serving,
                terminating,
                service.getSpec().getPorts().stream()
                        .flatMap(port -> port(port, pod).stream())
                        .toList());
    }

    /** The port of this Pod, unless it is named and the Pod has none of that name and protocol. */
    private static Optional<Port> port(ServicePort port, Pod pod) {
        return number(port.getTargetPort(), port.getProtocol(), pod)
                .map(number -> new Port(
                        Objects.requireNonNullElse(port.getName(), ""),
                        port.getProtocol(),
                        number,
                        port.getAppProtocol()));
    }

    private static Optional<Integer> number(IntOrString target, String protocol, Pod pod) {
        if (target.getIntVal() != null) {
            return Optional.of(target.getIntVal());
        }
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(port -> target.getStrVal().equals(port.getName()) && protocol.equals(port.getProtocol()))
                .map(port -> port.getContainerPort())
                .findFirst();
    }
}
