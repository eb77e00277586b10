package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.text.Printable;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    private final Endpoint full = Endpoint.builder("10.0.0.7", 8080)
            .uid("uid-1")
            .conditions(Conditions.DRAINING)
            .podName("skippy-0")
            .hostname("zero")
            .nodeName("node-1")
            .zone("zone-a")
            .appProtocol("kubernetes.io/h2c")
            .labels(Map.of("app", "skippy"))
            .build();

    @Test
    void isReadyAndNothingElseUnlessSaidOtherwise() {
        Endpoint plain = Endpoint.of("10.0.0.7", 8080);
        assertThat(plain.id()).isEqualTo(new EndpointId("10.0.0.7", 8080, null));
        assertThat(plain.conditions()).isEqualTo(Conditions.READY);
        assertThat(plain.podName()).isEmpty();
        assertThat(plain.hostname()).isEmpty();
        assertThat(plain.nodeName()).isEmpty();
        assertThat(plain.zone()).isEmpty();
        assertThat(plain.appProtocol()).isEmpty();
        assertThat(plain.labels()).isEmpty();
        assertThat(plain).hasToString("10.0.0.7:8080");
    }

    @Test
    void holdsWhatItWasGiven() {
        assertThat(full.id()).isEqualTo(new EndpointId("10.0.0.7", 8080, "uid-1"));
        assertThat(full.conditions()).isEqualTo(Conditions.DRAINING);
        assertThat(full.podName()).contains("skippy-0");
        assertThat(full.hostname()).contains("zero");
        assertThat(full.nodeName()).contains("node-1");
        assertThat(full.zone()).contains("zone-a");
        assertThat(full.appProtocol()).contains("kubernetes.io/h2c");
        assertThat(full.labels()).containsOnly(Map.entry("app", "skippy"));
        assertThat(full).hasToString("10.0.0.7:8080 (skippy-0)");
    }

    @Test
    void equalsWhatHasAllTheSameValues() {
        assertThat(full)
                .isEqualTo(full.toBuilder().build())
                .hasSameHashCodeAs(full.toBuilder().build());
        assertThat(full).isNotEqualTo("10.0.0.7:8080").isNotEqualTo(null);
        List<UnaryOperator<Endpoint.Builder>> differences = List.of(
                b -> b.uid("uid-2"),
                b -> b.uid(null),
                b -> b.conditions(Conditions.READY),
                b -> b.podName("skippy-1"),
                b -> b.hostname(null),
                b -> b.nodeName("node-2"),
                b -> b.zone("zone-b"),
                b -> b.appProtocol(null),
                b -> b.labels(Map.of()));
        assertThat(differences)
                .allSatisfy(change ->
                        assertThat(change.apply(full.toBuilder()).build()).isNotEqualTo(full));
        assertThat(Endpoint.of("10.0.0.7", 80)).isNotEqualTo(Endpoint.of("10.0.0.7", 81));
        assertThat(Endpoint.of("10.0.0.7", 80)).isNotEqualTo(Endpoint.of("10.0.0.8", 80));
    }

    @Test
    void isTheSameAddressHoweverItWasWritten() {
        Endpoint one = Endpoint.of("fd00:0:0::7", 8080);
        assertThat(one).isEqualTo(Endpoint.of("FD00::0007", 8080));
        assertThat(one.address()).isEqualTo("fd00::7");
        assertThat(Endpoint.of("::ffff:10.0.0.7", 1)).isEqualTo(Endpoint.of("10.0.0.7", 1));
    }

    @Test
    void writesIpv6InBracketsWhereUrisDo() {
        Endpoint v6 = Endpoint.of("fd00::7", 8080);
        assertThat(v6.authority()).isEqualTo("[fd00::7]:8080");
        assertThat(v6.uri("https")).isEqualTo(URI.create("https://[fd00::7]:8080/"));
        assertThat(full.authority()).isEqualTo("10.0.0.7:8080");
        assertThat(full.uri("http").getPort()).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://evil.com/#", "ht tp", "1http", "http:", "h\u0131"})
    void takesNoSchemeThatIsNone(String scheme) {
        assertThatThrownBy(() -> full.uri(scheme))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("scheme: " + Printable.value(scheme) + " (expected: ");
    }

    @Test
    void givesAResolvedSocketAddress() {
        assertThat(full.socketAddress().isUnresolved()).isFalse();
        assertThat(full.socketAddress().getAddress().getAddress()).containsExactly(10, 0, 0, 7);
        assertThat(full.socketAddress().getPort()).isEqualTo(8080);
        assertThat(full.socketAddress().getHostName()).isEqualTo("10.0.0.7");
        assertThat(Endpoint.of("fd00::7", 1).socketAddress().getHostString()).isEqualTo("fd00::7");
    }

    @Test
    void copiesTheLabels() {
        Map<String, String> given = new HashMap<>(Map.of("a", "1"));
        Endpoint endpoint = Endpoint.builder("10.0.0.7", 1).labels(given).build();
        given.put("b", "2");
        assertThat(endpoint.labels()).containsOnlyKeys("a");
        assertThatThrownBy(() -> endpoint.labels().put("c", "3")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void refusesPortsOutOfRange(int port) {
        assertThatThrownBy(() -> Endpoint.of("10.0.0.7", port)).hasMessage("port: " + port + " (expected: 1 to 65535)");
    }

    @Test
    void refusesWhatIsNoAddressAtOnce() {
        assertThatThrownBy(() -> Endpoint.builder("skippy", 80)).hasMessageStartingWith("address: skippy (expected: ");
    }
}
