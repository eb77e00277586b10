package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.k8s.ServiceView.ExternalTrafficPolicy;
import io.serviceresolver.k8s.ServiceView.Port;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** To the nodes, at the node port of a Service: one endpoint for each node that is ready. */
record NodePortRoute() implements ServiceRoute {

    @Override
    public RouteAnswer answer(ServiceName name, ServiceView service, Around around) {
        return ServicePorts.choose(name, service).route(port -> at(port, service, around));
    }

    private static RouteAnswer at(Port port, ServiceView service, Around around) {
        if (port.nodePort() == 0) {
            return new RouteAnswer.Refused("nodePort: none for port " + port.shown() + " of type "
                    + service.type().apiName() + " (expected: a Service of type NodePort or LoadBalancer that has node"
                    + " ports)");
        }
        Knowledge<Collection<NodeView>> nodes = around.nodes();
        if (!(nodes instanceof Knowledge.Known<Collection<NodeView>> known)) {
            return unknown(nodes);
        }
        if (service.access().nodes() == ExternalTrafficPolicy.CLUSTER) {
            return reached(port, service, around, known.value());
        }
        Knowledge<Collection<Slice>> slices = around.slices();
        if (!(slices instanceof Knowledge.Known<Collection<Slice>> own)) {
            return unknown(slices);
        }
        Set<String> serving = serving(own.value(), port);
        return reached(
                port,
                service,
                around,
                known.value().stream()
                        .filter(node -> serving.contains(node.name()))
                        .toList());
    }

    private static RouteAnswer unknown(Knowledge<?> knowledge) {
        return knowledge instanceof Knowledge.Lost<?> lost
                ? new RouteAnswer.Unavailable(lost.reason())
                : new RouteAnswer.Waiting();
    }

    /** The nodes that have a ready endpoint; where none has, those with one that is terminating and still serves. */
    private static Set<String> serving(Collection<Slice> slices, Port port) {
        Set<String> ready = nodes(slices, port, Conditions::ready);
        return ready.isEmpty()
                ? nodes(slices, port, conditions -> conditions.serving() && conditions.terminating())
                : ready;
    }

    private static Set<String> nodes(Collection<Slice> slices, Port port, Predicate<Conditions> which) {
        return slices.stream()
                .filter(slice ->
                        slice.ports().stream().anyMatch(each -> each.name().equals(port.name())))
                .flatMap(slice -> slice.endpoints().stream())
                .filter(endpoint -> which.test(endpoint.conditions()))
                .flatMap(endpoint -> endpoint.nodeName().stream())
                .collect(Collectors.toSet());
    }

    private static RouteAnswer reached(Port port, ServiceView service, Around around, Collection<NodeView> nodes) {
        // kube-proxy opens a node port for the families of the Service only.
        FamilyOrder reachable = around.order(service);
        FamilyOrder order = reachable.within(service.families());
        NameAddresses names = new NameAddresses(around);
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        for (NodeView node : nodes) {
            if (node.ready()) {
                @Nullable String address = address(node, around.nodeAddressTypes(), order, names, wrong);
                if (address != null) {
                    endpoints.putIfAbsent(address, endpoint(address, port, node));
                }
            }
        }
        if (endpoints.isEmpty() && !wrong.isEmpty()) {
            return new RouteAnswer.Refused(refusal(service, reachable, wrong));
        }
        return names.orElse(all -> new RouteAnswer.Endpoints(List.copyOf(endpoints.values())));
    }

    private static String refusal(ServiceView service, FamilyOrder reachable, List<String> addresses) {
        List<String> served = addresses.stream()
                .filter(address ->
                        service.families().isEmpty() || service.families().contains(IpFamily.of(address)))
                .toList();
        return served.isEmpty()
                ? "addresses of nodes: " + addresses.get(0) + " (expected: " + FamilyPolicy.shown(service.families())
                        + ", the ipFamilies of the Service)"
                : reachable.refusal(served);
    }

    /** The first address of the first kind that the node has one of; those that do not fit are noted. */
    private static @Nullable String address(
            NodeView node, List<NodeAddressType> types, FamilyOrder order, NameAddresses names, List<String> wrong) {
        for (NodeAddressType type : types) {
            List<String> addresses = type.isName()
                    ? node.addresses(type).stream()
                            .flatMap(name -> names.lookUp(name).stream())
                            .toList()
                    : node.addresses(type);
            List<String> usable = order.pick(addresses);
            if (!usable.isEmpty()) {
                names.add(usable.get(0));
                return usable.get(0);
            }
            wrong.addAll(addresses);
        }
        return null;
    }

    private static Endpoint endpoint(String address, Port port, NodeView node) {
        Map<String, String> labels = new HashMap<>();
        labels.put("kubernetes.io/hostname", node.name());
        if (node.zone() != null) {
            labels.put("topology.kubernetes.io/zone", node.zone());
        }
        return Endpoint.builder(address, port.nodePort())
                .nodeName(node.name())
                .zone(node.zone())
                .appProtocol(port.appProtocol())
                .labels(labels)
                .build();
    }
}
