package io.serviceresolver.examples;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a Pod adds to the EndpointSlices of a Service, as the control plane has it.
 *
 * @param uid the UID of the Pod
 * @param endpoint its address and its conditions
 * @param ports the ports of the Service as this Pod serves them
 */
record PodEndpoint(String uid, Endpoint endpoint, List<EndpointPort> ports) {

    private static final Set<String> OVER = Set.of("Failed", "Succeeded");

    /** What a Pod adds, or nothing if it has no address or has run to its end. */
    static Optional<PodEndpoint> of(Service service, Pod pod) {
        String address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
        if (address == null || OVER.contains(String.valueOf(pod.getStatus().getPhase()))) {
            return Optional.empty();
        }
        boolean serving = isReady(pod);
        boolean terminating = pod.isMarkedForDeletion();
        boolean always = Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
        Endpoint endpoint = new EndpointBuilder()
                .withAddresses(address)
                .withNewConditions()
                .withReady(always || (serving && !terminating))
                .withServing(serving)
                .withTerminating(terminating)
                .endConditions()
                .withNodeName(pod.getSpec().getNodeName())
                .withTargetRef(new ObjectReferenceBuilder()
                        .withKind("Pod")
                        .withNamespace(pod.getMetadata().getNamespace())
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .build())
                .build();
        List<EndpointPort> ports = service.getSpec().getPorts().stream()
                .flatMap(port -> port(port, pod).stream())
                .toList();
        return Optional.of(new PodEndpoint(pod.getMetadata().getUid(), endpoint, ports));
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static Optional<EndpointPort> port(ServicePort port, Pod pod) {
        String protocol = port.getProtocol() == null ? "TCP" : port.getProtocol();
        return number(port.getTargetPort(), port.getPort(), pod)
                .map(number -> new EndpointPortBuilder()
                        .withName(port.getName() == null ? "" : port.getName())
                        .withPort(number)
                        .withProtocol(protocol)
                        .withAppProtocol(port.getAppProtocol())
                        .build());
    }

    /** A target port is a number, the name of a port of the Pod, or left out: then it is the Service's. */
    private static Optional<Integer> number(@Nullable IntOrString target, Integer servicePort, Pod pod) {
        if (target == null) {
            return Optional.of(servicePort);
        }
        if (target.getIntVal() != null) {
            return Optional.of(target.getIntVal());
        }
        return pod.getSpec().getContainers().stream()
                .flatMap(PodEndpoint::ports)
                .filter(port -> target.getStrVal().equals(port.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }

    private static Stream<ContainerPort> ports(Container container) {
        return container.getPorts().stream();
    }
}
