package io.serviceresolver.apiserver;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An endpoint of a slice and the ports of the slice, whichever slice it is: what a controller says of one Pod. */
record WrittenEndpoint(
        String address,
        String uid,
        String node,
        String zone,
        @Nullable Boolean ready,
        @Nullable Boolean serving,
        @Nullable Boolean terminating,
        List<Port> ports) {

    private static final Comparator<WrittenEndpoint> ORDER =
            Comparator.comparing(WrittenEndpoint::address).thenComparing(WrittenEndpoint::toString);

    /** A port of a slice. */
    record Port(
            String name,
            String protocol,
            int number,
            @Nullable String appProtocol) implements Comparable<Port> {

        private static Port of(EndpointPort port) {
            return new Port(port.getName(), port.getProtocol(), port.getPort(), port.getAppProtocol());
        }

        @Override
        public int compareTo(Port other) {
            return toString().compareTo(other.toString());
        }
    }

    WrittenEndpoint {
        ports = ports.stream().sorted().toList();
    }

    /** All endpoints of these slices, in an order that depends on nothing but them; one that is in two comes twice. */
    static List<WrittenEndpoint> of(Collection<EndpointSlice> slices) {
        return sorted(slices.stream()
                .flatMap(slice -> listed(slice.getEndpoints()).map(endpoint -> of(slice, endpoint)))
                .toList());
    }

    static List<WrittenEndpoint> sorted(Collection<WrittenEndpoint> endpoints) {
        return endpoints.stream().sorted(ORDER).toList();
    }

    private static WrittenEndpoint of(EndpointSlice slice, Endpoint endpoint) {
        EndpointConditions conditions = endpoint.getConditions();
        return new WrittenEndpoint(
                String.join("+", endpoint.getAddresses()),
                endpoint.getTargetRef().getUid(),
                endpoint.getNodeName(),
                endpoint.getZone(),
                conditions.getReady(),
                conditions.getServing(),
                conditions.getTerminating(),
                listed(slice.getPorts()).map(Port::of).toList());
    }

    /** The elements: a list without any may be sent as null. */
    private static <E> Stream<E> listed(@Nullable List<E> list) {
        return list == null ? Stream.of() : list.stream();
    }
}
