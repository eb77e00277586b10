package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.IpFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cluster IP, and which port of the Service is meant. */
class ClusterIpRouteTest {

    private static final String TWO_PORTS = """
            clusterIP: 10.96.0.10
            clusterIPs: [10.96.0.10, "fd00::a"]
            ipFamilies: [IPv4, IPv6]
            ports:
              - {name: web, port: 80, appProtocol: kubernetes.io/h2c}
              - {name: metrics, port: 9090}
            """;

    private final RouteTable table = new RouteTable();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web     | 10.96.0.10:80",
                "80      | 10.96.0.10:80",
                "9090    | 10.96.0.10:9090",
                "(http)  | 10.96.0.10:80",
                "''      | refused: ports: web 80, metrics 9090 (expected: one named, as in skippy:web)",
                "(https) | refused: ports: web 80, metrics 9090 (expected: one named, as in skippy:web)",
                "8080    | refused: port: 8080 (expected: one of the Service's ports: web 80, metrics 9090)",
                "admin   | refused: port: admin (expected: one of the Service's ports: web 80, metrics 9090)",
            })
    void isOneEndpointAtTheServicesPort(String port, String expected) {
        assertThat(table.by(Route.CLUSTER_IP, port, Views.service(TWO_PORTS))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "(http), '{name: a, port: 1}, {name: http, port: 2}, {name: b, port: 80}', 2",
        "(http), '{name: a, port: 1, appProtocol: HTTP}, {name: b, port: 80}', 1",
        "(http), '{name: a, port: 1}, {name: b, port: 80}', 80",
        "(ws), '{name: a, port: 1, appProtocol: kubernetes.io/ws}, {name: b, port: 80}', 1",
        "(wss), '{name: a, port: 1, appProtocol: kubernetes.io/wss}, {name: b, port: 2}', 1",
        "(wss), '{name: a, port: 1}, {name: b, port: 443}', 443",
        "(https), '{name: a, port: 1}', 1",
        "'', '{port: 7}', 7",
        "'', '{port: 7}, {name: dns, port: 53, protocol: UDP}', 7",
    })
    void findsThePortOfASchemeByNameThenByAppProtocolThenByNumber(String port, String ports, int expected) {
        assertThat(table.by(Route.CLUSTER_IP, port, Views.service("{clusterIP: 10.96.0.10, ports: [" + ports + "]}")))
                .isEqualTo("10.96.0.10:" + expected);
    }

    @Test
    void isOfTheFamilyThatThePolicyChooses() {
        ServiceView service = Views.service(TWO_PORTS);
        table.policy = FamilyPolicy.prefer(IpFamily.IPV6);
        assertThat(table.by(Route.CLUSTER_IP, "web", service)).isEqualTo("[fd00::a]:80");
        table.policy = FamilyPolicy.automatic();
        assertThat(table.reaching("fd00::1").by(Route.CLUSTER_IP, "web", service))
                .isEqualTo("[fd00::a]:80");
        table.policy = FamilyPolicy.only(IpFamily.IPV6);
        assertThat(table.by(Route.CLUSTER_IP, "", Views.service("{clusterIP: 10.96.0.10, ports: [{port: 80}]}")))
                .isEqualTo("refused: ipFamilies: IPv4 (expected: IPv6: the family asked for)");
    }

    @Test
    void isRefusedWhereThereIsNone() {
        assertThat(table.by(Route.CLUSTER_IP, "", Views.service("{clusterIP: None, ports: [{port: 80}]}")))
                .isEqualTo("refused: clusterIP: None (expected: a Service with one, or Route.POD)");
    }

    @Test
    void declaresItsProtocolAndAsksForNothingElse() {
        ServiceView service =
                Views.service("{clusterIP: 10.96.0.10, ports: [{port: 80, appProtocol: kubernetes.io/h2c}]}");
        assertThat(table.endpoints(Route.CLUSTER_IP, service))
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.scheme()).contains("http"));
        assertThat(table.asked).isEmpty();
    }
}
