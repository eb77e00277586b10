package io.serviceresolver.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The slices of one Service, kept as Kubernetes' controller keeps them: one group for each address family and each list
 * of ports, a Pod stays in its slice, new ones go where there is room. Guarded by the cluster.
 */
final class FakeSlices {

    private final FakeService service;
    private final FakeCluster cluster;
    private final List<Slice> slices = new ArrayList<>();
    private int names;

    /** What the Pods of one slice have in common. */
    private record Group(String family, List<ObjectNode> ports) {}

    private static final class Slice {
        final String name;
        final Group group;
        final Map<FakePod, ObjectNode> endpoints = new LinkedHashMap<>();

        /** As it was last written. */
        @Nullable
        ObjectNode written;

        Slice(String name, Group group) {
            this.name = name;
            this.group = group;
        }
    }

    FakeSlices(FakeService service) {
        this.service = service;
        this.cluster = service.namespace().cluster();
    }

    /** Brings all slices in line with these Pods: new slices and changes first, then what is to go. */
    void sync(List<FakePod> pods) {
        Map<Group, Map<FakePod, ObjectNode>> wanted = new LinkedHashMap<>();
        for (String family : service.families()) {
            for (FakePod pod : pods) {
                pod.address(family)
                        .ifPresent(address -> wanted.computeIfAbsent(
                                        new Group(family, service.slicePorts(pod)), group -> new LinkedHashMap<>())
                                .put(pod, endpoint(pod, address)));
            }
        }
        for (Slice slice : slices) {
            slice.endpoints.keySet().retainAll(of(wanted, slice.group).keySet());
        }
        wanted.forEach((group, endpoints) -> endpoints.forEach((pod, json) -> find(group, pod)
                .orElseGet(() -> withRoom(group, null))
                .endpoints
                .put(pod, json)));
        List<Slice> empty =
                slices.stream().filter(slice -> slice.endpoints.isEmpty()).toList();
        slices.removeAll(empty);
        for (String family : service.families()) {
            if (slices.stream().noneMatch(slice -> slice.group.family().equals(family))) {
                slices.add(placeholder(empty, family));
            }
        }
        slices.forEach(this::write);
        empty.stream().filter(slice -> !slices.contains(slice)).forEach(this::delete);
    }

    /** Takes a Pod out of its slice and puts it into another one: a write each. */
    void move(FakePod pod) {
        List<Slice> sources = slices.stream()
                .filter(slice -> slice.endpoints.containsKey(pod))
                .toList();
        for (Slice from : sources) {
            ObjectNode json = Objects.requireNonNull(from.endpoints.remove(pod));
            write(from);
            Slice to = withRoom(from.group, from);
            to.endpoints.put(pod, json);
            write(to);
        }
    }

    void delete() {
        slices.forEach(this::delete);
        slices.clear();
    }

    /** The slice that stays where a family has no endpoints at all: it has no ports either. */
    private Slice placeholder(Collection<Slice> empty, String family) {
        Group none = new Group(family, List.of());
        return empty.stream()
                .filter(slice -> slice.group.equals(none))
                .findFirst()
                .orElseGet(() -> new Slice(newName(), none));
    }

    private static Map<FakePod, ObjectNode> of(Map<Group, Map<FakePod, ObjectNode>> wanted, Group group) {
        return wanted.getOrDefault(group, Map.of());
    }

    private Optional<Slice> find(Group group, FakePod pod) {
        return slices.stream()
                .filter(slice -> slice.group.equals(group) && slice.endpoints.containsKey(pod))
                .findFirst();
    }

    private Slice withRoom(Group group, @Nullable Slice other) {
        return slices.stream()
                .filter(slice -> slice != other
                        && slice.group.equals(group)
                        && slice.endpoints.size() < cluster.endpointsPerSlice())
                .findFirst()
                .orElseGet(() -> {
                    Slice added = new Slice(newName(), group);
                    slices.add(added);
                    return added;
                });
    }

    private String newName() {
        names++;
        return service.name() + "-slice" + names;
    }

    private ObjectNode endpoint(FakePod pod, String address) {
        ObjectNode endpoint = JsonNodeFactory.instance.objectNode();
        endpoint.putArray("addresses").add(address);
        pod.describe(endpoint, service);
        return endpoint;
    }

    private void write(Slice slice) {
        ObjectNode json = json(slice);
        if (!json.equals(slice.written)) {
            slice.written = json;
            cluster.put(json);
        }
    }

    private void delete(Slice slice) {
        cluster.delete(json(slice));
    }

    private ObjectNode json(Slice slice) {
        SliceJson json = SliceJson.slice(slice.name)
                .namespace(service.namespace().name())
                .service(service.name())
                .label("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io")
                .type(slice.group.family());
        service.labels().forEach(json::label);
        slice.group.ports().forEach(port -> json.port(fields -> fields.setAll(port)));
        return json.edit(object -> slice.endpoints.values().forEach(object.withArrayProperty("endpoints")::add))
                .json();
    }
}
