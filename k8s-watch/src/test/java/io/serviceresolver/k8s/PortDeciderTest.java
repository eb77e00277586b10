package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.k8s.ServiceKnowledge.Known;
import io.serviceresolver.k8s.ServiceKnowledge.Missing;
import io.serviceresolver.k8s.ServiceKnowledge.Unknown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PortDeciderTest {

    private static final ServiceKnowledge UNKNOWN = new Unknown();
    private static final ServiceKnowledge MISSING = new Missing("list services: 403");
    private static final ServiceKnowledge KNOWN = new Known(Views.service("""
            {ports: [{name: web, port: 80}, {name: metrics, port: 9090}]}"""));

    private static final SlicePort WEB = new SlicePort("web", 8080, null);
    private static final SlicePort METRICS = new SlicePort("metrics", 9100, null);
    private static final SlicePort UNNAMED = new SlicePort("", 8080, null);

    private static Slice slice(String name, SlicePort... ports) {
        Endpoint endpoint = Endpoint.of("10.0.0.1", Slice.first(List.of(ports)).number());
        return new Slice(name, IpFamily.IPV4, List.of(ports), List.of(endpoint));
    }

    /** The port of each slice, or the reason, or what it takes to know. */
    private static Object decide(ServicePort port, ServiceKnowledge service, Slice... slices) {
        ServiceName name = new ServiceName("skippy", "shield", port);
        PortDecision decision = PortDecider.decide(name, List.of(slices), service);
        if (decision instanceof PortDecision.Refused refused) {
            return refused.reason();
        }
        if (decision instanceof PortDecision.Use use) {
            List<@Nullable SlicePort> ports = new ArrayList<>();
            for (Slice slice : slices) {
                ports.add(use.choice().in(slice));
            }
            return ports;
        }
        return "needs the Service";
    }

    private static List<@Nullable SlicePort> ports(@Nullable SlicePort... each) {
        List<@Nullable SlicePort> ports = new ArrayList<>();
        for (SlicePort port : each) {
            ports.add(port);
        }
        return ports;
    }

    @Test
    void takesTheOnlyPortWhateverItsName() {
        assertThat(decide(ServicePort.ONLY, UNKNOWN, slice("a", WEB))).isEqualTo(ports(WEB));
        assertThat(decide(ServicePort.ONLY, UNKNOWN, slice("a", UNNAMED))).isEqualTo(ports(UNNAMED));
        assertThat(decide(ServicePort.forScheme("http"), UNKNOWN, slice("a", METRICS)))
                .isEqualTo(ports(METRICS));
    }

    @Test
    void takesThePortOfThatNameByTheNumberOfEachSlice() {
        SlicePort other = new SlicePort("web", 9999, null);
        assertThat(decide(ServicePort.named("web"), UNKNOWN, slice("a", METRICS, WEB), slice("b", other), slice("c")))
                .isEqualTo(ports(WEB, other, null));
        assertThat(decide(ServicePort.ONLY, UNKNOWN, slice("a", WEB), slice("b", other)))
                .isEqualTo(ports(WEB, other));
    }

    @Test
    void refusesToGuessAmongSeveral() {
        assertThat(decide(ServicePort.ONLY, UNKNOWN, slice("a", WEB, METRICS)))
                .isEqualTo("ports: web 8080, metrics 9100 (expected: one named, as in skippy:web)");
        assertThat(decide(ServicePort.ONLY, KNOWN, slice("a", WEB, METRICS)))
                .isEqualTo("ports: web 80, metrics 9090 (expected: one named, as in skippy:web)");
        assertThat(decide(ServicePort.ONLY, UNKNOWN, slice("a")))
                .isEqualTo("ports: none (expected: one named, as in skippy:8080)");
    }

    @Test
    void refusesANameThatThereIsNot() {
        assertThat(decide(ServicePort.named("wep"), UNKNOWN, slice("a", WEB, METRICS)))
                .isEqualTo("port: wep (expected: one of the ports: web 8080, metrics 9100)");
        assertThat(decide(ServicePort.named("web"), UNKNOWN, slice("a", UNNAMED)))
                .isEqualTo("port: web (expected: one of the ports: (unnamed) 8080)");
    }

    @Test
    void readsTheServiceForItsNumbers() {
        assertThat(decide(ServicePort.number(80), UNKNOWN, slice("a", WEB))).isEqualTo("needs the Service");
        assertThat(decide(ServicePort.number(80), KNOWN, slice("a", WEB, METRICS)))
                .isEqualTo(ports(WEB));
        assertThat(decide(ServicePort.number(81), KNOWN, slice("a", WEB)))
                .isEqualTo("port: 81 (expected: one of the Service's ports: web 80, metrics 9090)");
        // The Pods' own number is not the Service's.
        assertThat(decide(ServicePort.number(8080), KNOWN, slice("a", WEB)))
                .isEqualTo("port: 8080 (expected: one of the Service's ports: web 80, metrics 9090)");
    }

    @Test
    void takesANumberForThatOfThePodsWhereTheServiceCannotBeRead() {
        assertThat(decide(ServicePort.number(8080), MISSING, slice("a", METRICS, WEB), slice("b", METRICS)))
                .isEqualTo(ports(WEB, null));
        assertThat(decide(ServicePort.number(80), MISSING, slice("a", WEB)))
                .isEqualTo("port: 80 (expected: the name of a port, or a port of the Pods: web 8080; what the Service"
                        + " calls 80 is not known: list services: 403)");
    }

    @Test
    void takesTheNumberAsItIsWhereTheServiceIsHeadlessWithoutPorts() {
        SlicePort number = new SlicePort("", 7000, null);
        assertThat(decide(ServicePort.number(7000), UNKNOWN, slice("a"))).isEqualTo(ports(number));
        assertThat(decide(ServicePort.forScheme("http"), UNKNOWN, slice("a")))
                .isEqualTo(ports(new SlicePort("", 80, null)));
        assertThat(decide(ServicePort.forScheme("https"), UNKNOWN, slice("a")))
                .isEqualTo(ports(new SlicePort("", 443, null)));
        assertThat(decide(ServicePort.forScheme("ftp"), UNKNOWN, slice("a")))
                .isEqualTo("ports: none (expected: one named, as in skippy:8080)");
    }

    /** The controller writes no port where no Pod has one of the name that the Service targets. */
    @Test
    void takesNoNumberAsItIsWhereTheServiceHasPorts() {
        assertThat(decide(ServicePort.number(80), KNOWN, slice("a"))).isEqualTo(ports((SlicePort) null));
        assertThat(decide(ServicePort.forScheme("http"), KNOWN, slice("a"))).isEqualTo(ports((SlicePort) null));
        assertThat(decide(ServicePort.number(7000), KNOWN, slice("a")))
                .isEqualTo("port: 7000 (expected: one of the Service's ports: web 80, metrics 9090)");
    }

    /** Its slices have no port that can be called, as those of a headless Service without ports have none. */
    @Test
    void takesNoNumberAsItIsWhereTheServiceHasPortsForOtherProtocolsOnly() {
        ServiceKnowledge statsd = new Known(
                Views.service("{ports: [{name: statsd, port: 8125, protocol: UDP}, {port: 9, protocol: SCTP}]}"));
        String reason = "ports: statsd 8125/UDP, (unnamed) 9/SCTP (expected: one for TCP)";
        Slice udp = slice("a").withPorts();
        for (ServicePort port : List.of(
                ServicePort.ONLY,
                ServicePort.number(8125),
                ServicePort.named("statsd"),
                ServicePort.forScheme("http"))) {
            assertThat(decide(port, statsd, udp)).isEqualTo(reason);
            assertThat(decide(port, statsd, slice("a"))).isEqualTo(reason);
        }
        assertThat(decide(ServicePort.number(8125), UNKNOWN, udp)).isEqualTo("needs the Service");
        assertThat(decide(ServicePort.number(8125), UNKNOWN, udp, slice("b"))).isEqualTo("needs the Service");
        assertThat(decide(ServicePort.number(8125), MISSING, udp))
                .isEqualTo("port: 8125 (expected: the name of a port, or a port of the Pods: none; what the Service"
                        + " calls 8125 is not known: list services: 403)");
        assertThat(decide(ServicePort.forScheme("http"), MISSING, udp))
                .isEqualTo("ports: none (expected: one named, as in skippy:8080)");
    }

    @Test
    void findsThePortOfASchemeByNameThenByAppProtocolThenByNumber() {
        SlicePort http = new SlicePort("http", 8081, null);
        SlicePort declared = new SlicePort("api", 8082, "http");
        SlicePort twice = new SlicePort("api2", 8083, "http");
        ServicePort scheme = ServicePort.forScheme("HTTP");
        assertThat(decide(scheme, UNKNOWN, slice("a", METRICS, declared, http))).isEqualTo(ports(http));
        assertThat(decide(scheme, UNKNOWN, slice("a", METRICS, declared))).isEqualTo(ports(declared));
        assertThat(decide(scheme, UNKNOWN, slice("a", METRICS, WEB))).isEqualTo("needs the Service");
        assertThat(decide(scheme, KNOWN, slice("a", METRICS, WEB))).isEqualTo(ports(WEB));
        assertThat(decide(scheme, MISSING, slice("a", METRICS, WEB)))
                .isEqualTo("ports: metrics 9100, web 8080 (expected: one named, as in skippy:metrics)");
        assertThat(decide(scheme, MISSING, slice("a", declared, twice)))
                .isEqualTo("ports: api 8082, api2 8083 (expected: one named, as in skippy:api)");
        assertThat(decide(ServicePort.forScheme("https"), KNOWN, slice("a", METRICS, WEB)))
                .isEqualTo("ports: web 80, metrics 9090 (expected: one named, as in skippy:metrics)");
    }

    @Test
    void readsNothingIntoPlaceholders() {
        Slice placeholder = new Slice("p", IpFamily.IPV4, List.of(), List.of());
        for (ServicePort port : List.of(
                ServicePort.ONLY, ServicePort.number(80), ServicePort.named("web"), ServicePort.forScheme("http"))) {
            assertThat(decide(port, UNKNOWN, placeholder)).isEqualTo(ports((SlicePort) null));
        }
        assertThat(decide(ServicePort.ONLY, UNKNOWN, placeholder, slice("a", WEB)))
                .isEqualTo(ports(null, WEB));
    }
}
