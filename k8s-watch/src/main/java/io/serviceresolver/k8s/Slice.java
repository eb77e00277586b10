package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointId;
import io.serviceresolver.endpoint.EndpointParts;
import io.serviceresolver.endpoint.IpFamily;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An EndpointSlice, as far as it matters here. What it says does not change: a new version of it is a new object. */
final class Slice {

    private final String name;
    private final String service;
    private final Revision revision;
    private final IpFamily family;
    private final List<SlicePort> ports;
    private final boolean portless;
    private final List<Endpoint> endpoints;

    /** The endpoints at other ports than the first, made when they are first asked for. Used by the one thread that merges. */
    private final Map<SlicePort, List<Endpoint>> elsewhere = new HashMap<>(0);

    /**
     * A slice of which not more is known; without ports it is one of a headless Service that has none.
     *
     * @param name its name
     * @param family the family of the addresses
     * @param ports its ports
     * @param endpoints its endpoints, each at its {@link #first} port
     */
    Slice(String name, IpFamily family, List<SlicePort> ports, List<Endpoint> endpoints) {
        this(name, "", Revision.NONE, family, ports, ports.isEmpty(), endpoints);
    }

    private Slice(
            String name,
            String service,
            Revision revision,
            IpFamily family,
            List<SlicePort> ports,
            boolean portless,
            List<Endpoint> endpoints) {
        this.name = name;
        this.service = service;
        this.revision = revision;
        this.family = family;
        this.ports = List.copyOf(ports);
        this.portless = portless;
        this.endpoints = List.copyOf(endpoints);
    }

    /** This slice, as one that states ports, though perhaps none that can be called: they are UDP, or malformed. */
    Slice withPorts() {
        return new Slice(name, service, revision, family, ports, false, endpoints);
    }

    /** This slice with other endpoints, of no version. */
    Slice with(List<Endpoint> others) {
        return new Slice(name, "", Revision.NONE, family, ports, portless, others);
    }

    /** This slice, with the Service that it belongs to and the version that it is. */
    Slice of(String owner, Revision version) {
        return new Slice(name, owner, version, family, ports, portless, endpoints);
    }

    String name() {
        return name;
    }

    String service() {
        return service;
    }

    Revision revision() {
        return revision;
    }

    IpFamily family() {
        return family;
    }

    List<SlicePort> ports() {
        return ports;
    }

    /** Whether it states no port at all, so that a number is that of the Pods. */
    boolean isPortless() {
        return portless;
    }

    /** The endpoints, whichever port is meant: at the first one. */
    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** The endpoints at a port, in their order: the same objects each time. */
    List<Endpoint> at(SlicePort port) {
        return port.equals(first(ports)) ? endpoints : elsewhere.computeIfAbsent(port, this::made);
    }

    private List<Endpoint> made(SlicePort port) {
        EndpointParts parts = new EndpointParts();
        return endpoints.stream()
                .map(endpoint -> endpoint.toBuilder()
                        .port(port.number())
                        .appProtocol(port.appProtocol())
                        .build())
                .map(parts::share)
                .toList();
    }

    /** The first of some ports; {@link SlicePort#NONE} where there is none. */
    static SlicePort first(List<SlicePort> ports) {
        return ports.isEmpty() ? SlicePort.NONE : ports.get(0);
    }

    /** What tells an endpoint from another one, whichever port is meant: two Pods may have the same address, one after the other. */
    static EndpointId key(Endpoint endpoint) {
        return endpoint.id().withPort(0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Slice that
                        && name.equals(that.name)
                        && service.equals(that.service)
                        && revision.equals(that.revision)
                        && family == that.family
                        && portless == that.portless
                        && ports.equals(that.ports)
                        && endpoints.equals(that.endpoints));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name + " " + ports + " " + endpoints;
    }
}
