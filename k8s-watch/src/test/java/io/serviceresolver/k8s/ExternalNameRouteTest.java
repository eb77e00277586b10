package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalNameRouteTest {

    private final RouteTable table = new RouteTable()
            .host("db.example.com.", "192.0.2.7", "2001:db8::7", "192.0.2.8")
            .host("six.example.com.", "2001:db8::7");

    private static ServiceView alias(String name, String ports) {
        return Views.service("{type: ExternalName, externalName: '" + name + "', ports: [" + ports + "]}");
    }

    @ParameterizedTest
    @EnumSource(Route.class)
    void isWhatItsNameResolvesToWhateverTheRoute(Route route) {
        assertThat(table.by(route, "5432", alias("db.example.com", ""))).isEqualTo("192.0.2.7:5432 192.0.2.8:5432");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5432    |                                         | 5432",
                "5432    | {name: pg, port: 15432}                 | 5432",
                "pg      | {name: pg, port: 15432}                 | 15432",
                "''      | {name: pg, port: 15432}                 | 15432",
                "(http)  |                                         | 80",
                "(https) |                                         | 443",
                "(http)  | {port: 8080}                            | 8080",
                "(https) | {name: http, port: 1}, {name: https, port: 2} | 2",
            })
    void takesThePortOfTheCallerThenOfTheServiceThenOfTheScheme(String port, String ports, int expected) {
        assertThat(table.by(Route.POD, port, alias("db.example.com", ports == null ? "" : ports)))
                .isEqualTo("192.0.2.7:" + expected + " 192.0.2.8:" + expected);
    }

    @Test
    void refusesToGuessAPort() {
        assertThat(table.by(Route.POD, "", alias("db.example.com", "")))
                .isEqualTo("refused: ports: none (expected: one named, as in skippy:8080)");
        assertThat(table.by(Route.POD, "(ftp)", alias("db.example.com", "")))
                .isEqualTo("refused: ports: none (expected: one named, as in skippy:8080)");
        assertThat(table.by(Route.POD, "pg", alias("db.example.com", "")))
                .isEqualTo("refused: port: pg (expected: one of the Service's ports: none)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.example.com", "db.example.com."})
    void bearsTheNameForTlsAndVirtualHosts(String name) {
        assertThat(table.endpoints(Route.POD, alias(name, "{port: 443}")))
                .isNotEmpty()
                .allSatisfy(endpoint -> assertThat(endpoint.hostname()).contains("db.example.com"))
                .extracting(Endpoint::port)
                .containsOnly(443);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "10.0.0.1",
                "127.1",
                "2130706433",
                "a..b",
                "-a.b",
                "a b",
                "a/b",
                "fd00::1",
                "x@y",
                "a\nb"
            })
    void refusesWhatIsNoDnsNameWithoutALookup(String name) {
        assertThat(table.by(Route.POD, "80", Views.service("{type: ExternalName}")))
                .startsWith("refused: externalName: ");
        ServiceView service =
                Views.service("{type: ExternalName, externalName: \"" + name.replace("\n", "\\n") + "\"}");
        assertThat(table.by(Route.POD, "80", service))
                .startsWith("refused: externalName: ")
                .endsWith(" (expected: a DNS name, no IP address)")
                .doesNotContain("\n");
        assertThat(table.asked).isEmpty();
    }

    @Test
    void waitsForTheLookupAndSaysWhyItFailed() {
        assertThat(table.by(Route.POD, "80", alias("slow.example.com", ""))).isEqualTo("waiting");
        table.hosts.put("slow.example.com.", new Knowledge.Lost<>("slow.example.com: no answer in 10 s"));
        assertThat(table.by(Route.POD, "80", alias("slow.example.com", "")))
                .isEqualTo("unavailable: slow.example.com: no answer in 10 s");
    }

    @Test
    void isOfAFamilyThatThisHostReaches() {
        table.reaching("10.0.0.1");
        assertThat(table.by(Route.POD, "80", alias("six.example.com", "")))
                .startsWith("refused: ipFamilies: IPv6 (expected: IPv4: ");
        table.reaching("fd00::1");
        assertThat(table.by(Route.POD, "80", alias("db.example.com", ""))).isEqualTo("[2001:db8::7]:80");
    }
}
