package io.serviceresolver.examples;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Spreads the endpoints of a Service over EndpointSlices, as the control plane does: endpoints stay in their slice, new
 * ones go where there is room, Pods with other ports go to other slices, and a slice without endpoints goes, unless it is
 * the last one. Confined to one thread.
 */
final class SlicePlan {

    static final String SERVICE_LABEL = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final String MANAGER = "demo.serviceresolver.io";

    private final Service service;
    private final int maxEndpoints;

    /** The endpoints that have no slice yet, by their ports and the UID of their Pod. */
    private final Map<List<EndpointPort>, Map<String, Endpoint>> waiting = new LinkedHashMap<>();

    private final List<EndpointSlice> planned = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private SlicePlan(Service service, int maxEndpoints) {
        this.service = service;
        this.maxEndpoints = maxEndpoints;
    }

    /**
     * All slices that a Service should have.
     *
     * @param service the Service
     * @param endpoints what its Pods add
     * @param before the slices that it has; one that need not change is the same object afterwards
     * @param maxEndpoints how many endpoints a slice holds at most
     */
    static List<EndpointSlice> of(
            Service service, List<PodEndpoint> endpoints, List<EndpointSlice> before, int maxEndpoints) {
        SlicePlan plan = new SlicePlan(service, maxEndpoints);
        endpoints.forEach(pod -> plan.waiting
                .computeIfAbsent(pod.ports(), none -> new LinkedHashMap<>())
                .put(pod.uid(), pod.endpoint()));
        before.forEach(slice -> plan.names.add(slice.getMetadata().getName()));
        List<EndpointSlice> kept = before.stream().map(plan::keep).toList();
        for (EndpointSlice slice : kept) {
            plan.fill(slice);
        }
        plan.addSlices();
        return plan.planned.isEmpty() ? List.of(plan.placeholder(kept)) : List.copyOf(plan.planned);
    }

    /** The slice with what is left of its endpoints, as they are now. */
    private EndpointSlice keep(EndpointSlice slice) {
        Map<String, Endpoint> current = waiting.getOrDefault(slice.getPorts(), Map.of());
        List<Endpoint> left = slice.getEndpoints().stream()
                .map(endpoint -> endpoint.getTargetRef().getUid())
                .filter(current::containsKey)
                .map(uid -> current.get(uid))
                .toList();
        left.forEach(endpoint -> current.remove(endpoint.getTargetRef().getUid()));
        return with(slice, left);
    }

    private void fill(EndpointSlice slice) {
        List<Endpoint> added =
                take(slice.getPorts(), maxEndpoints - slice.getEndpoints().size());
        List<Endpoint> all =
                Stream.concat(slice.getEndpoints().stream(), added.stream()).toList();
        if (!all.isEmpty()) {
            planned.add(with(slice, all));
        }
    }

    private void addSlices() {
        for (List<EndpointPort> ports : waiting.keySet()) {
            List<Endpoint> some = take(ports, maxEndpoints);
            while (!some.isEmpty()) {
                planned.add(slice(ports, some));
                some = take(ports, maxEndpoints);
            }
        }
    }

    /** A Service without endpoints has one slice all the same, so that it can be told from one that does not exist. */
    private EndpointSlice placeholder(List<EndpointSlice> emptied) {
        return emptied.isEmpty() ? slice(List.of(), List.of()) : emptied.get(0);
    }

    private List<Endpoint> take(List<EndpointPort> ports, int atMost) {
        List<Endpoint> taken = new ArrayList<>();
        Iterator<Endpoint> left = waiting.getOrDefault(ports, Map.of()).values().iterator();
        while (left.hasNext() && taken.size() < atMost) {
            taken.add(left.next());
            left.remove();
        }
        return taken;
    }

    private static EndpointSlice with(EndpointSlice slice, List<Endpoint> endpoints) {
        return slice.getEndpoints().equals(endpoints)
                ? slice
                : new EndpointSliceBuilder(slice).withEndpoints(endpoints).build();
    }

    private EndpointSlice slice(List<EndpointPort> ports, List<Endpoint> endpoints) {
        String name = service.getMetadata().getName();
        return new EndpointSliceBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(unusedName(name))
                        .withNamespace(service.getMetadata().getNamespace())
                        .addToLabels(SERVICE_LABEL, name)
                        .addToLabels(MANAGED_BY, MANAGER)
                        .build())
                .withAddressType("IPv4")
                .withPorts(ports)
                .withEndpoints(endpoints)
                .build();
    }

    private String unusedName(String service) {
        int number = 1;
        while (!names.add(service + "-" + number)) {
            number++;
        }
        return service + "-" + number;
    }
}
