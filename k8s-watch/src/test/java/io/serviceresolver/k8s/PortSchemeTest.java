package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.IpFamily;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.k8s.ServiceKnowledge.Known;
import io.serviceresolver.k8s.ServiceKnowledge.Unknown;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which port of the Pods is meant by the scheme of a URI, and by what the Service is known to have. */
class PortSchemeTest {

    private static Slice slice(SlicePort... ports) {
        Endpoint endpoint = Endpoint.of("10.0.0.1", Slice.first(List.of(ports)).number());
        return new Slice("a", IpFamily.IPV4, List.of(ports), List.of(endpoint));
    }

    private static @Nullable Object decide(ServicePort port, ServiceKnowledge service, Slice slice) {
        PortDecision decision = PortDecider.decide(Views.SKIPPY.withPort(port), List.of(slice), service);
        return decision instanceof PortDecision.Use use ? use.choice().in(slice) : decision;
    }

    @ParameterizedTest
    @CsvSource({
        "http, http",
        "http, HTTP",
        "http, kubernetes.io/h2c",
        "https, https",
        "ws, kubernetes.io/ws",
        "wss, kubernetes.io/wss",
        "mongodb, mongodb"
    })
    void isTheOneThatDeclaresIt(String scheme, String appProtocol) {
        SlicePort declared = new SlicePort("api", 8082, appProtocol);
        SlicePort other = new SlicePort("metrics", 9100, "example.com/metrics");
        assertThat(decide(ServicePort.forScheme(scheme), new Unknown(), slice(other, declared)))
                .isEqualTo(declared);
    }

    @Test
    void isTheServicesWellKnownOneForWebSockets() {
        SlicePort a = new SlicePort("a", 8080, null);
        SlicePort b = new SlicePort("b", 8443, null);
        ServiceKnowledge service = new Known(Views.service("{ports: [{name: a, port: 80}, {name: b, port: 443}]}"));
        assertThat(decide(ServicePort.forScheme("ws"), service, slice(a, b))).isEqualTo(a);
        assertThat(decide(ServicePort.forScheme("wss"), service, slice(a, b))).isEqualTo(b);
    }

    @Test
    void isNotTheOnlyOneOfThePodsWhereTheServiceHasSeveral() {
        SlicePort only = new SlicePort("metrics", 9100, null);
        ServiceKnowledge service =
                new Known(Views.service("{ports: [{name: web, port: 80}, {name: metrics, port: 9090}]}"));
        assertThat(decide(ServicePort.ONLY, service, slice(only)))
                .isEqualTo(new PortDecision.Refused(
                        "ports: web 80, metrics 9090 (expected: one named, as in skippy:metrics)"));
        assertThat(decide(ServicePort.ONLY, new Unknown(), slice(only))).isEqualTo(only);
    }

    @Test
    void isThereThoughNoPodHasIt() {
        SlicePort metrics = new SlicePort("metrics", 9100, null);
        ServiceKnowledge service =
                new Known(Views.service("{ports: [{name: web, port: 80}, {name: metrics, port: 9090}]}"));
        assertThat(decide(ServicePort.named("web"), service, slice(metrics))).isNull();
        assertThat(decide(ServicePort.named("nope"), service, slice(metrics))).isInstanceOf(PortDecision.Refused.class);
    }
}
