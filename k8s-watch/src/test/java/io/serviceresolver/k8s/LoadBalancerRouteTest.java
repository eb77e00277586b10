package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadBalancerRouteTest {

    private static final String SPEC =
            "{type: LoadBalancer, ipFamilies: [IPv4], ports: [{name: web, port: 80}, {name: tls, port: 443}]}";

    private final RouteTable table = new RouteTable().host("lb.example.com.", "192.0.2.7", "192.0.2.8", "2001:db8::7");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip: 192.0.2.1                                      | 192.0.2.1:80",
                "ip: 192.0.2.1, ipMode: Proxy                       | 192.0.2.1:80",
                "hostname: lb.example.com                           | 192.0.2.7:80 192.0.2.8:80",
                "ip: 192.0.2.1}, {ip: 192.0.2.2                     | 192.0.2.1:80 192.0.2.2:80",
                "ip: 192.0.2.1}, {ip: 192.0.2.1                     | 192.0.2.1:80",
                "ip: '2001:db8::1'}, {ip: 192.0.2.1                 | 192.0.2.1:80",
                "ip: '2001:db8::1'                                  | [2001:db8::1]:80",
                "ip: 192.0.2.1}, {hostname: lb.example.com          | 192.0.2.1:80 192.0.2.7:80 192.0.2.8:80",
                "ip: 192.0.2.1, ports: [{port: 80, protocol: TCP, error: Bad}]     | ''",
                "ip: 192.0.2.1, ports: [{port: 443, protocol: TCP, error: Bad}]    | 192.0.2.1:80",
                "ip: 192.0.2.1, ports: [{port: 80, protocol: UDP, error: Bad}]     | 192.0.2.1:80",
                "ip: 192.0.2.1, ports: [{port: 80, protocol: TCP}]                 | 192.0.2.1:80",
                "ip: not-an-address                                 | ''",
                "hostname: pending.example.com                      | waiting",
                "ip: 192.0.2.1}, {hostname: pending.example.com     | waiting",
            })
    void isEachAddressOfItsIngressAtTheServicesPort(String ingress, String expected) {
        ServiceView service = Views.service(SPEC, "{ingress: [{" + ingress + "}]}");
        assertThat(table.by(Route.LOAD_BALANCER, "web", service)).isEqualTo(expected);
    }

    @Test
    void isEmptyWhileItHasNoAddressYet() {
        assertThat(table.by(Route.LOAD_BALANCER, "web", Views.service(SPEC))).isEmpty();
    }

    @Test
    void needsOneNameThatCanBeLookedUp() {
        table.hosts.put("lost.example.com.", new Knowledge.Lost<>("lost.example.com: no such host"));
        assertThat(table.by(
                        Route.LOAD_BALANCER, "web", Views.service(SPEC, "{ingress: [{hostname: lost.example.com}]}")))
                .isEqualTo("unavailable: lost.example.com: no such host");
        assertThat(table.by(
                        Route.LOAD_BALANCER,
                        "web",
                        Views.service(SPEC, "{ingress: [{hostname: lost.example.com}, {ip: 192.0.2.1}]}")))
                .isEqualTo("192.0.2.1:80");
    }

    @Test
    void isRefusedForAnotherTypePortOrFamily() {
        assertThat(table.by(Route.LOAD_BALANCER, "", Views.service("{type: NodePort, ports: [{port: 80}]}")))
                .isEqualTo("refused: type: NodePort (expected: LoadBalancer, for Route.LOAD_BALANCER)");
        ServiceView service = Views.service(SPEC, "{ingress: [{ip: 192.0.2.1}]}");
        assertThat(table.by(Route.LOAD_BALANCER, "81", service))
                .isEqualTo("refused: port: 81 (expected: one of the Service's ports: web 80, tls 443)");
        assertThat(table.reaching("2001:db8::2").by(Route.LOAD_BALANCER, "web", service))
                .isEqualTo("refused: ipFamilies: IPv4 (expected: IPv6: this host has no address of another family;"
                        + " FamilyPolicy.prefer calls it nevertheless)");
    }
}
