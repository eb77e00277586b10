package io.serviceresolver.k8s;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.endpoint.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is known, as a test states it, and what a route makes of it, in few words. */
final class RouteTable implements Around {

    final Map<String, Knowledge<List<String>>> hosts = new HashMap<>();
    final List<NodeView> nodes = new ArrayList<>();
    final List<Slice> slices = new ArrayList<>();
    final Set<String> asked = new TreeSet<>();
    Knowledge<Collection<NodeView>> nodesKnown = new Knowledge.Known<>(nodes);
    Knowledge<Collection<Slice>> slicesKnown = new Knowledge.Known<>(slices);
    List<NodeAddressType> types = AccessOptions.DEFAULTS.nodeAddressTypes();
    FamilyPolicy policy = FamilyPolicy.automatic();
    Topology topology = Topology.UNKNOWN;

    RouteTable host(String name, String... addresses) {
        hosts.put(name, new Knowledge.Known<>(List.of(addresses)));
        return this;
    }

    RouteTable node(String yaml) {
        nodes.add(Views.node(yaml));
        return this;
    }

    RouteTable reaching(String ownAddress) {
        topology = new Topology(null, null, Set.of(ownAddress));
        return this;
    }

    @Override
    public FamilyOrder order(ServiceView service) {
        return policy.order(service.families(), topology.families());
    }

    @Override
    public List<NodeAddressType> nodeAddressTypes() {
        return types;
    }

    @Override
    public Knowledge<List<String>> host(String name) {
        asked.add("host " + name);
        return hosts.getOrDefault(name, new Knowledge.Pending<>());
    }

    @Override
    public Knowledge<Collection<NodeView>> nodes() {
        asked.add("nodes");
        return nodesKnown;
    }

    @Override
    public Knowledge<Collection<Slice>> slices() {
        asked.add("slices");
        return slicesKnown;
    }

    String by(Route route, String port, ServiceView service) {
        ServicePort meant = port.isEmpty()
                ? ServicePort.ONLY
                : port.startsWith("(")
                        ? ServicePort.forScheme(port.substring(1, port.length() - 1))
                        : ServicePort.parse(port);
        return brief(ServiceRoute.of(route, service).answer(Views.SKIPPY.withPort(meant), service, this));
    }

    List<Endpoint> endpoints(Route route, ServiceView service) {
        return ((RouteAnswer.Endpoints) ServiceRoute.of(route, service).answer(Views.SKIPPY, service, this))
                .endpoints();
    }

    private static String brief(RouteAnswer answer) {
        if (answer instanceof RouteAnswer.Endpoints found) {
            return found.endpoints().stream().map(Endpoint::authority).collect(Collectors.joining(" "));
        }
        if (answer instanceof RouteAnswer.Refused refused) {
            return "refused: " + refused.reason();
        }
        return answer instanceof RouteAnswer.Unavailable unavailable
                ? "unavailable: " + unavailable.reason()
                : "waiting";
    }
}
