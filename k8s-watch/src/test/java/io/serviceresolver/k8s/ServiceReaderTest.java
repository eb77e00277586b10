package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.k8s.ServiceView.ExternalTrafficPolicy;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Service says, however it is written. */
class ServiceReaderTest {

    @Test
    void readsAllThatMatters() {
        ServiceView service = Views.service("""
                type: LoadBalancer
                clusterIP: 10.96.0.10
                clusterIPs: [10.96.0.10, "FD00:0::a"]
                ipFamilies: [IPv6, IPv4]
                internalTrafficPolicy: Local
                externalTrafficPolicy: Local
                sessionAffinity: ClientIP
                sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}
                ports:
                  - {name: web, port: 80, nodePort: 30080, appProtocol: http, protocol: TCP}
                  - {name: dns, port: 53, protocol: UDP}
                """, """
                ingress:
                  - {ip: 192.0.2.1, ports: [{port: 80, protocol: TCP, error: X}]}
                  - {hostname: lb.example.com}
                """);
        assertThat(service.type()).isEqualTo(ServiceType.LOAD_BALANCER);
        assertThat(service.ports()).containsExactly(new ServiceView.Port("web", 80, 30080, "http"));
        assertThat(service.others()).containsExactly("dns 53/UDP");
        assertThat(service.families()).containsExactly(IpFamily.IPV6, IpFamily.IPV4);
        assertThat(service.traits().internalTrafficPolicy()).isEqualTo(InternalTrafficPolicy.LOCAL);
        assertThat(service.traits().sessionAffinity()).isEqualTo(Duration.ofSeconds(60));
        assertThat(service.access().clusterIps()).containsExactly("10.96.0.10", "fd00::a");
        assertThat(service.access().nodes()).isEqualTo(ExternalTrafficPolicy.LOCAL);
        assertThat(service.access().ingress())
                .containsExactly(
                        new Ingress("192.0.2.1", null, Set.of(80)), new Ingress(null, "lb.example.com", Set.of()));
    }

    @Test
    void takesTheDefaultsOfTheApiForWhatIsNotThere() {
        ServiceView service = Views.service("{ports: [{port: 80}]}");
        assertThat(service.type()).isEqualTo(ServiceType.CLUSTER_IP);
        assertThat(service.ports()).containsExactly(new ServiceView.Port("", 80, 0, null));
        assertThat(service.families()).isEmpty();
        assertThat(service.traits().internalTrafficPolicy()).isEqualTo(InternalTrafficPolicy.CLUSTER);
        assertThat(service.traits().sessionAffinity()).isZero();
        assertThat(service.access().clusterIps()).isEmpty();
        assertThat(service.access().nodes()).isEqualTo(ExternalTrafficPolicy.CLUSTER);
        assertThat(service.access().ingress()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{sessionAffinity: ClientIP}', 10800",
        "'{sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 1}}}', 1",
        "'{sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86400}}}', 86400",
        "'{sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86401}}}', 10800",
        "'{sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: -1}}}', 10800",
        "'{sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: x}}}', 10800",
        "'{sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: null}}', 10800",
        "'{sessionAffinity: None, sessionAffinityConfig: {clientIP: {timeoutSeconds: 5}}}', 0",
    })
    void readsForHowLongClientsAreKept(String spec, long seconds) {
        assertThat(Views.service(spec).traits().sessionAffinity()).hasSeconds(seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "[]",
                "{type: 7, ports: x, ipFamilies: 4, clusterIPs: {}, sessionAffinity: []}",
                "{type: Other, ports: [null, 7, {}, {port: 0}, {port: 65536}, {port: x}], ipFamilies: [null, IPv5]}",
                "{clusterIP: None, clusterIPs: [None, '', 10.0.0.256]}",
            })
    void isNotPutOffByWhatIsMalformed(String spec) {
        ServiceView service = Views.service(spec, "{ingress: [null, 7, {}, {ip: x}, {ports: [null, {error: y}]}]}");
        assertThat(service.type()).isEqualTo(ServiceType.CLUSTER_IP);
        assertThat(service.ports()).isEmpty();
        assertThat(service.families()).isEmpty();
        assertThat(service.access().clusterIps()).isEmpty();
        assertThat(service.access().ingress()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{metadata: {}}",
                "{status: {addresses: [null, 7, {type: InternalIP, address: x}, {type: Other, address: 10.0.0.1}]}}",
                "{status: {conditions: [{type: Ready, status: Unknown}], addresses: 7}}",
            })
    void isNotPutOffByMalformedNodesEither(String node) {
        NodeView view = Views.node(node);
        assertThat(view.ready()).isFalse();
        assertThat(view.zone()).isNull();
        assertThat(view.addresses(NodeAddressType.INTERNAL_IP)).isEmpty();
    }
}
