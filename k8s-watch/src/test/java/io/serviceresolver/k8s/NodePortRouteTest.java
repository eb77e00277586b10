package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointParts;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.testkit.SliceJson;
import io.serviceresolver.testkit.VirtualTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class NodePortRouteTest {

    private static final String SPEC =
            "{type: NodePort, ipFamilies: [IPv4], ports: [{name: web, port: 80, nodePort: 30080}, {name: tls, port: 443}]}";

    private final RouteTable table = new RouteTable()
            .node(node("a", "True", "{type: InternalIP, address: 10.0.0.1}, {type: ExternalIP, address: 192.0.2.1}"))
            .node(node("b", "True", "{type: InternalIP, address: 10.0.0.2}, {type: Hostname, address: b.example.com}"))
            .node(node("c", "False", "{type: InternalIP, address: 10.0.0.3}"))
            .node(node("d", "Unknown", "{type: InternalIP, address: 10.0.0.4}"))
            .node(node("e", "True", "{type: InternalDNS, address: e.internal}"));

    private static String node(String name, String ready, String addresses) {
        return """
                metadata: {name: %s, labels: {topology.kubernetes.io/zone: zone-%s}}
                spec: {unschedulable: true, taints: [{key: x, effect: NoSchedule}]}
                status:
                  conditions: [{type: DiskPressure, status: "True"}, {type: Ready, status: "%s"}]
                  addresses: [%s]
                """.formatted(name, name, ready, addresses);
    }

    private void slice(String port, String node, boolean ready, boolean serving, boolean terminating) {
        ObjectNode json = SliceJson.slice("slice-" + table.slices.size())
                .namespace("shield")
                .service("skippy")
                .port(port, 8080)
                .endpoint("10.1.0." + (table.slices.size() + 1), endpoint -> {
                    endpoint.put("nodeName", node);
                    endpoint.putObject("conditions")
                            .put("ready", ready)
                            .put("serving", serving)
                            .put("terminating", terminating);
                })
                .json();
        Complaints none = new Complaints(LoggerFactory.getLogger(getClass()), new VirtualTime()::nanoTime);
        table.slices.add(new SliceReader(Views.SKIPPY, none, new EndpointParts())
                .read(json)
                .orElseThrow());
    }

    private String web() {
        return table.by(Route.NODE_PORT, "web", Views.service(SPEC));
    }

    private String local() {
        return table.by(
                Route.NODE_PORT, "web", Views.service(SPEC.replace("{type", "{externalTrafficPolicy: Local, type")));
    }

    @Test
    void isEachReadyNodeByItsFirstAddressAtTheNodePort() {
        assertThat(web()).isEqualTo("192.0.2.1:30080 10.0.0.2:30080");
        assertThat(table.asked).containsOnly("nodes");
        table.types = List.of(NodeAddressType.INTERNAL_IP);
        assertThat(web()).isEqualTo("10.0.0.1:30080 10.0.0.2:30080");
        table.types = List.of(NodeAddressType.EXTERNAL_IP);
        assertThat(web()).isEqualTo("192.0.2.1:30080");
    }

    @Test
    void looksNamesUpAndLeavesNodesOutThatCannotBe() {
        table.types = List.of(NodeAddressType.HOSTNAME, NodeAddressType.INTERNAL_DNS);
        assertThat(web()).isEqualTo("waiting");
        table.host("b.example.com", "10.0.0.22", "10.0.0.23");
        assertThat(web()).isEqualTo("waiting");
        table.hosts.put("e.internal", new Knowledge.Lost<>("e.internal: no such host"));
        assertThat(web()).isEqualTo("10.0.0.22:30080");
        table.hosts.put("b.example.com", new Knowledge.Lost<>("b.example.com: no such host"));
        assertThat(web()).startsWith("unavailable: ").endsWith(": no such host");
        table.types = List.of(NodeAddressType.HOSTNAME, NodeAddressType.INTERNAL_IP);
        assertThat(web()).isEqualTo("10.0.0.1:30080 10.0.0.2:30080");
    }

    @Test
    void tellsOfEachNodeItsNameAndZone() {
        Endpoint first = table.endpoints(
                        Route.NODE_PORT, Views.service("{type: NodePort, ports: [{port: 80, nodePort: 30080}]}"))
                .get(0);
        assertThat(first)
                .isEqualTo(Endpoint.builder("192.0.2.1", 30080)
                        .nodeName("a")
                        .zone("zone-a")
                        .labels(Map.of("topology.kubernetes.io/zone", "zone-a", "kubernetes.io/hostname", "a"))
                        .build());
    }

    @Test
    void isRefusedForAPortWithoutOne() {
        assertThat(table.by(Route.NODE_PORT, "tls", Views.service(SPEC)))
                .isEqualTo("refused: nodePort: none for port tls 443 of type NodePort (expected: a Service of type"
                        + " NodePort or LoadBalancer that has node ports)");
        assertThat(table.asked).isEmpty();
    }

    @Test
    void keepsToTheFamiliesOfTheServiceAndOfThisHost() {
        table.nodes.clear();
        table.node(node("x", "True", "{type: InternalIP, address: 'fd00::1'}, {type: InternalIP, address: 10.0.0.1}"));
        assertThat(web()).isEqualTo("10.0.0.1:30080");
        table.policy = FamilyPolicy.prefer(IpFamily.IPV6);
        assertThat(web()).isEqualTo("10.0.0.1:30080");
        ServiceView dual = Views.service(SPEC.replace("[IPv4]", "[IPv4, IPv6]"));
        assertThat(table.by(Route.NODE_PORT, "web", dual)).isEqualTo("[fd00::1]:30080");
        table.policy = FamilyPolicy.automatic();
        assertThat(table.reaching("fd00::9").by(Route.NODE_PORT, "web", dual)).isEqualTo("[fd00::1]:30080");
        assertThat(web())
                .isEqualTo("refused: ipFamilies: IPv4 (expected: IPv6: this host has no address of another family;"
                        + " FamilyPolicy.prefer calls it nevertheless)");
        table.nodes.remove(0);
        table.node(node("y", "True", "{type: InternalIP, address: 'fd00::1'}"));
        assertThat(web())
                .isEqualTo("refused: addresses of nodes: fd00::1 (expected: IPv4, the ipFamilies of the Service)");
    }

    @Test
    void keepsToNodesWithAReadyEndpointByThePolicyLocal() {
        slice("web", "b", true, true, false);
        slice("web", "a", false, true, true);
        slice("tls", "a", true, true, false);
        assertThat(local()).isEqualTo("10.0.0.2:30080");
        assertThat(web()).isEqualTo("192.0.2.1:30080 10.0.0.2:30080");
    }

    @Test
    void fallsBackToNodesWithATerminatingEndpointThatServes() {
        slice("web", "b", false, true, true);
        slice("web", "a", false, false, true);
        assertThat(local()).isEqualTo("10.0.0.2:30080");
        table.slices.clear();
        slice("web", "a", false, false, false);
        slice("web", "b", false, true, false);
        assertThat(local()).isEmpty();
    }

    @Test
    void needsTheNodesAndByThePolicyLocalTheSlices() {
        table.slicesKnown = new Knowledge.Pending<>();
        assertThat(local()).isEqualTo("waiting");
        table.slicesKnown = new Knowledge.Lost<>("list endpointslices: 403");
        assertThat(local()).isEqualTo("unavailable: list endpointslices: 403");
        table.nodesKnown = new Knowledge.Pending<>();
        assertThat(web()).isEqualTo("waiting");
        table.nodesKnown = new Knowledge.Lost<>("list nodes: 403");
        assertThat(web()).isEqualTo("unavailable: list nodes: 403");
    }
}
