package io.serviceresolver.k8s;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Service, as far as it matters here.
 *
 * @param name its name
 * @param ports its TCP ports, in order
 * @param families its address families, in order of preference; the order of the API where it says nothing
 * @param selector the labels of its Pods; empty where it selects none
 */
record ServiceView(String name, List<Port> ports, List<AddressFamily> families, Map<String, String> selector) {

    /** Copies the collections. */
    ServiceView {
        ports = List.copyOf(ports);
        families = List.copyOf(families);
        selector = Map.copyOf(selector);
    }

    /**
     * A port of the Service.
     *
     * @param name its name, empty where it has none
     * @param number its number, which is not that of the Pods
     * @param appProtocol what it declares, if anything
     */
    record Port(String name, int number, @Nullable String appProtocol) {

        String shown() {
            return (name.isEmpty() ? "(unnamed)" : name) + " " + number;
        }
    }

    Optional<Port> port(int number) {
        return ports.stream().filter(port -> port.number() == number).findFirst();
    }

    /** For people: {@code http 80, metrics 9090}. */
    String shownPorts() {
        return ports.stream().map(Port::shown).collect(Collectors.joining(", "));
    }
}
