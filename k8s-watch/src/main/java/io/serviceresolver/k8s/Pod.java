package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Pod that has an address and has not ended, as far as it matters here. Immutable. What Pods have in common is shared.
 *
 * @param name its name
 * @param uid what tells it from another Pod of this name
 * @param revision which version of it this is
 * @param labels its labels
 * @param addresses its IP addresses in canonical form, in its own order: at least one
 * @param nodeName the name of its node, if known
 * @param hostname its host name, if it states one
 * @param conditions as the EndpointSlice controller derives them
 * @param ports the named TCP ports of its containers
 */
record Pod(
        String name,
        String uid,
        Revision revision,
        Map<String, String> labels,
        List<String> addresses,
        @Nullable String nodeName,
        @Nullable String hostname,
        Conditions conditions,
        List<ContainerPort> ports) {

    /**
     * The endpoint that it is at a port.
     *
     * @param port its number
     * @param reachable the families that can be called: the first address of one of these, else the first one
     * @param shared makes one map of labels of those that are equal
     */
    Endpoint at(int port, Set<IpFamily> reachable, Interner shared) {
        return Endpoint.builder(address(reachable), port)
                .uid(uid)
                .conditions(conditions)
                .podName(name)
                .hostname(hostname)
                .nodeName(nodeName)
                .zone(labels.get(Labels.ZONE))
                .labels(Labels.joined(labels, node(), shared))
                .build();
    }

    private Map<String, String> node() {
        return nodeName == null ? Map.of() : Map.of(Labels.HOSTNAME, nodeName);
    }

    private String address(Set<IpFamily> reachable) {
        return addresses.stream()
                .filter(address -> reachable.contains(IpFamily.of(address)))
                .findFirst()
                .orElse(addresses.get(0));
    }

    /** The number of a port; nothing where no container has one of that name. */
    Optional<Integer> number(ServicePort port) {
        if (port instanceof ServicePort.Numbered numbered) {
            return Optional.of(numbered.number());
        }
        return ports.stream()
                .filter(one -> one.name().equals(port.toString()))
                .findFirst()
                .map(ContainerPort::number);
    }
}
