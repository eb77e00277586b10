package io.serviceresolver.source;

import static io.serviceresolver.source.KubeletVariables.tcp;
import static io.serviceresolver.source.KubeletVariables.udp;
import static io.serviceresolver.source.SourceHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.text.Printable;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users set, what two Services both claim, and what only Docker's links tell. */
@ExtendWith(QuietLog.class)
class EnvironmentJunkTest {

    private final SourceHarness harness = new SourceHarness("shield");

    private String ask(KubeletVariables variables, String service) {
        return text(harness.ask(variables.source(), service));
    }

    private static KubeletVariables skippy() {
        return new KubeletVariables().service("skippy", "10.96.0.7", tcp("http", 80));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "skippy.example.com",
                "localhost",
                "None",
                "10.96.0",
                "010.96.0.7",
                "10.96.0.7 ",
                "10.96.0.7:80",
                "tcp://10.96.0.7:80",
                "[10.96.0.7]",
                "fe80::1%eth0",
                "[fd00::7",
                "fd00::7]",
                "[[fd00::7]]",
                "10.96.0.7\n"
            })
    void aHostThatIsNoAddressMakesItUnavailableAndIsNotReplacedByALink(String host) {
        assertThat(ask(skippy().set("SKIPPY_SERVICE_HOST", host), "skippy"))
                .isEqualTo("unavailable: SKIPPY_SERVICE_HOST: " + Printable.of(host)
                        + " (expected: an IP address: host names are not looked up)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http",
                "0",
                "65536",
                "-1",
                "+80",
                "080",
                " 80",
                "80 ",
                "8e1",
                "\u0668\u0660",
                "99999999999999999999",
                "tcp://10.96.0.7:80"
            })
    void aFirstPortThatIsNoNumberIsTakenFromTheLinks(String port) {
        assertThat(ask(skippy().set("SKIPPY_SERVICE_PORT", port), "skippy")).isEqualTo("10.96.0.7:80");
        Map<String, String> bare = new HashMap<>(Map.of("SKIPPY_SERVICE_HOST", "10.96.0.7"));
        bare.put("SKIPPY_SERVICE_PORT", port);
        assertThat(text(harness.ask(EnvironmentSource.of(bare), "skippy")))
                .isEqualTo("unavailable: SKIPPY_SERVICE_PORT: " + Printable.of(port) + " (expected: 1 to 65535)");
    }

    @Test
    void aNamedPortThatIsNoNumberIsSkipped() {
        KubeletVariables variables = skippy().set("SKIPPY_SERVICE_PORT_HTTP", "tcp://10.96.0.7:80");
        assertThat(ask(variables, "skippy:http")).isEqualTo("unavailable: no port http, the TCP ports are: 80");
        assertThat(ask(variables, "skippy")).isEqualTo("10.96.0.7:80");
    }

    @Test
    void aNamedPortThatNoLinkKnowsIsSkipped() {
        assertThat(ask(skippy().set("SKIPPY_SERVICE_PORT_RETRIES", "3"), "skippy"))
                .isEqualTo("10.96.0.7:80");
    }

    @Test
    void variablesOfUsersThatOnlyLookSimilarDoNotMatter() {
        KubeletVariables variables = skippy().set("SKIPPY_PORT", "8080")
                .set("SKIPPY_PORT_NUMBER", "8080")
                .set("SKIPPY_PORT_99999_TCP", "tcp://10.96.0.7:99999")
                .set("SKIPPY_PORT_81_TCP", "tcp://10.96.0.7:82")
                .set("SKIPPY_PORT_83_TCP", "udp://10.96.0.7:83")
                .set("SKIPPY_PORT_83_UDP", "tcp://10.96.0.7:83")
                .set("SKIPPY_PORT_84_TCP_ADDR", "skippy.example.com")
                .set("SKIPPY_PORT_85_HTTP", "tcp://10.96.0.7:85")
                .set("SKIPPY_SERVICE_PORT_", "86")
                .set("SKIPPY_SERVICE_PORT_lower", "87")
                .set("SKIPPY_SERVICE", "88")
                .set("XSKIPPY_SERVICE_PORT_HTTP", "89");
        assertThat(ask(variables, "skippy")).isEqualTo("10.96.0.7:80");
    }

    @Test
    void whatAUserSetGoesBeforeTheKubelet() {
        KubeletVariables variables =
                skippy().set("SKIPPY_SERVICE_HOST", "10.1.1.1").set("SKIPPY_SERVICE_PORT", "9000");
        variables.unset("SKIPPY_SERVICE_PORT_HTTP");
        assertThat(ask(variables, "skippy")).isEqualTo("10.1.1.1:9000");
    }

    @Test
    void linksAloneAreEnough() {
        KubeletVariables linked = new KubeletVariables().set("SKIPPY_PORT", "tcp://172.17.0.5:8080");
        assertThat(ask(linked, "skippy")).isEqualTo("172.17.0.5:8080");
        assertThat(ask(new KubeletVariables().set("SKIPPY_PORT_8080_TCP", "tcp://172.17.0.5:8080"), "skippy"))
                .isEqualTo("172.17.0.5:8080");
        KubeletVariables parts = new KubeletVariables()
                .set("SKIPPY_PORT_8080_TCP_ADDR", "172.17.0.5")
                .set("SKIPPY_PORT_8080_TCP_PORT", "8080")
                .set("SKIPPY_PORT_8080_TCP_PROTO", "tcp")
                .set("SKIPPY_PORT_9_UDP_ADDR", "172.17.0.5");
        assertThat(ask(parts, "skippy")).isEqualTo("172.17.0.5:8080");
        assertThat(ask(parts, "skippy:9")).isEqualTo("unavailable: no port 9, the TCP ports are: 8080");
        assertThat(ask(new KubeletVariables().set("SKIPPY_PORT", "8080"), "skippy"))
                .isEqualTo("absent: SKIPPY_SERVICE_HOST is not set");
    }

    @Test
    void ofLinksToSeveralAddressesThatOfTheFirstPortCounts() {
        KubeletVariables linked = new KubeletVariables()
                .set("SKIPPY_PORT", "tcp://172.17.0.5:8080")
                .set("SKIPPY_PORT_80_TCP", "tcp://172.17.0.9:80");
        assertThat(ask(linked, "skippy")).isEqualTo("172.17.0.5:8080");
    }

    @Test
    void servicesThatClaimOneVariableAreToldApartWhicheverGotIt() {
        KubeletVariables.Port[] foo = {tcp("http", 8080), tcp("8443-tcp", 8443)};
        KubeletVariables.Port[] fooService = {tcp("grpc", 9090), udp("stats", 8125)};
        KubeletVariables fooLast = new KubeletVariables()
                .service("foo-service", "10.96.0.2", fooService)
                .service("foo", "10.96.0.1", foo);
        KubeletVariables fooFirst =
                new KubeletVariables().service("foo", "10.96.0.1", foo).service("foo-service", "10.96.0.2", fooService);
        for (KubeletVariables variables : new KubeletVariables[] {fooLast, fooFirst}) {
            assertThat(ask(variables, "foo:http")).isEqualTo("10.96.0.1:8080");
            assertThat(ask(variables, "foo:8443-tcp")).isEqualTo("10.96.0.1:8443");
            assertThat(ask(variables, "foo:9090"))
                    .isEqualTo("unavailable: no port 9090, the TCP ports are: http 8080, 8443-tcp 8443");
            assertThat(ask(variables, "foo-service")).isEqualTo("10.96.0.2:9090");
            assertThat(ask(variables, "foo-service:grpc")).isEqualTo("10.96.0.2:9090");
        }
        assertThat(fooFirst.variables()).containsEntry("FOO_SERVICE_PORT", "tcp://10.96.0.2:9090");
    }

    @Test
    void aServiceIsNotTakenForTheOneWhoseNameContinuesIts() {
        KubeletVariables variables = new KubeletVariables()
                .service("foo-service", "10.96.0.2", tcp("http", 80))
                .service("foo-port", "10.96.0.3", tcp("http", 80));
        assertThat(ask(variables, "foo")).isEqualTo("absent: FOO_SERVICE_HOST is not set");
        assertThat(ask(variables, "foo-service-port")).isEqualTo("absent: FOO_SERVICE_PORT_SERVICE_HOST is not set");
    }

    @Test
    void aNumericVariableOfAnotherServiceIsNoNamedPort() {
        KubeletVariables variables = new KubeletVariables()
                .service("foo", "10.96.0.1", tcp("http", 8080))
                .service("foo-service-port", "10.96.0.2", tcp("http", 9090))
                .service("foo-service", "10.96.0.3", tcp("http", 7070));
        assertThat(ask(variables, "foo")).isEqualTo("10.96.0.1:8080");
        assertThat(ask(variables, "foo:service-port"))
                .isEqualTo("unavailable: no port service-port, the TCP ports are: http 8080");
    }
}
