package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutsideRouteTest {

    private static final String WEB = "ports: [{name: web, port: 80, nodePort: 30080}]}";
    private static final String WITHOUT_NODE_PORT = "ports: [{name: web, port: 80}], clusterIP: 10.96.0.1}";

    private final RouteTable table = new RouteTable().node("""
            metadata: {name: a}
            status:
              conditions: [{type: Ready, status: "True"}]
              addresses: [{type: InternalIP, address: 10.0.0.1}]
            """);

    @Test
    void prefersTheLoadBalancer() {
        ServiceView service = Views.service("{type: LoadBalancer, " + WEB, "{ingress: [{ip: 192.0.2.1}]}");
        assertThat(table.by(Route.AUTO, "web", service)).isEqualTo("192.0.2.1:80");
        assertThat(table.asked).isEmpty();
    }

    @Test
    void takesNodePortsWhereThereIsNoLoadBalancer() {
        assertThat(table.by(Route.AUTO, "web", Views.service("{type: NodePort, " + WEB)))
                .isEqualTo("10.0.0.1:30080");
        assertThat(table.by(Route.AUTO, "web", Views.service("{type: LoadBalancer, " + WEB)))
                .isEqualTo("10.0.0.1:30080");
    }

    @Test
    void saysWhatToDoWhereThereIsNoWay() {
        String expected = " (expected: a Service that can be called from outside its cluster: of type LoadBalancer or"
                + " NodePort; or Route.POD where the network of Pods can be reached from here)";
        assertThat(table.by(Route.AUTO, "web", Views.service("{" + WITHOUT_NODE_PORT)))
                .isEqualTo("refused: type: ClusterIP" + expected);
        assertThat(table.by(Route.AUTO, "web", Views.service("{type: LoadBalancer, " + WITHOUT_NODE_PORT)))
                .isEqualTo("refused: type: LoadBalancer without an address yet" + expected);
    }
}
