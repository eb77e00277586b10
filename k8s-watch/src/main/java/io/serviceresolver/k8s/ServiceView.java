package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.ServiceTraits;
import io.serviceresolver.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Service, as far as it matters here.
 *
 * @param name its name
 * @param type its type
 * @param ports its TCP ports, in order
 * @param others its ports of other protocols, for people
 * @param families its address families, in order of preference; empty where it states none
 * @param traits what decides which of its endpoints may be called; what is known of labels is not stated here
 * @param access by which addresses it can be reached besides those of its Pods
 * @param selector the labels of its Pods; empty where it selects none
 */
record ServiceView(
        String name,
        ServiceType type,
        List<Port> ports,
        List<String> others,
        List<IpFamily> families,
        ServiceTraits traits,
        Access access,
        Map<String, String> selector) {

    /** Copies the lists. */
    ServiceView {
        ports = List.copyOf(ports);
        others = List.copyOf(others);
        families = List.copyOf(families);
        selector = Map.copyOf(selector);
    }

    /**
     * A port of the Service.
     *
     * @param name its name, empty where it has none
     * @param number its number, which is not that of the Pods
     * @param nodePort its number at the nodes; 0 where it has none
     * @param appProtocol what it declares, if anything
     */
    record Port(
            String name, int number, int nodePort, @Nullable String appProtocol) {

        String shown() {
            return (name.isEmpty() ? "(unnamed)" : Printable.of(name)) + " " + number;
        }
    }

    /**
     * The addresses of the Service itself.
     *
     * @param clusterIps its cluster IPs in canonical form, the first one first; empty for one that is headless
     * @param externalName what it is an alias of; empty unless it is of type ExternalName
     * @param nodes which nodes pass on what comes to a node port
     * @param ingress where its load balancer can be reached
     */
    record Access(List<String> clusterIps, String externalName, ExternalTrafficPolicy nodes, List<Ingress> ingress) {

        /** Copies the lists. */
        Access {
            clusterIps = List.copyOf(clusterIps);
            ingress = List.copyOf(ingress);
        }
    }

    /** Which nodes pass on what comes from outside the cluster ({@code spec.externalTrafficPolicy}). */
    enum ExternalTrafficPolicy {
        /** All of them; the default. */
        CLUSTER,
        /** Those with an endpoint of the Service. */
        LOCAL
    }

    boolean isExternalName() {
        return type == ServiceType.EXTERNAL_NAME;
    }

    /** Whether it states no port at all, as a headless one may. */
    boolean isPortless() {
        return ports.isEmpty() && others.isEmpty();
    }

    /** Why none of its ports can be called, where it has some. */
    Optional<String> uncallable() {
        return ports.isEmpty() && !others.isEmpty()
                ? Optional.of("ports: " + String.join(", ", others) + " (expected: one for TCP)")
                : Optional.empty();
    }

    Optional<Port> port(int number) {
        return ports.stream().filter(port -> port.number() == number).findFirst();
    }

    /** For people: {@code http 80, metrics 9090}. */
    String shownPorts() {
        String shown = ports.stream().map(Port::shown).collect(Collectors.joining(", "));
        return shown.isEmpty() ? "none" : shown;
    }
}
