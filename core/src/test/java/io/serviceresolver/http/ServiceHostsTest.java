package io.serviceresolver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.ServiceName;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceHostsTest {

    private final ServiceHosts hosts = new ServiceHosts(new ClusterContext("shield", "cluster.local", Set.of("web")));

    @ParameterizedTest
    @CsvSource({
        "http://skippy/orders?x=1, skippy.shield:(http)",
        "http://skippy, skippy.shield:(http)",
        "http://skippy:8080/, skippy.shield:8080",
        "http://skippy:/, skippy.shield:(http)",
        "HTTP://SKIPPY/, skippy.shield:(http)",
        "ws://skippy/, skippy.shield:(ws)",
        "https://skippy/, skippy.shield:(https)",
        "http://Skippy.Web/, skippy.web:(http)",
        "http://skippy.shield/, skippy.shield:(http)",
        "http://skippy.other.svc/, skippy.other:(http)",
        "http://skippy.other.svc:81/, skippy.other:81",
        "http://skippy.other.svc.cluster.local/, skippy.other:(http)",
        "http://skippy.1.svc/, skippy.1:(http)",
        "http://svc/, svc.shield:(http)",
        "http://xn--skippy-abc/, xn--skippy-abc.shield:(http)"
    })
    void findsServices(String uri, String expected) {
        ServiceName found = hosts.find(URI.create(uri));
        assertThat(found).isNotNull().hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/",
                "http://LOCALHOST:8080/",
                "http://127.0.0.1/",
                "http://10.0.0.7:8080/",
                "http://2130706433/",
                "http://0x7f.1/",
                "http://017700000001/",
                "http://[::1]:8080/",
                "http://[fe80::1%25lo]/",
                "http://-.shield.svc/",
                "http://..svc/",
                "http://example.com/",
                "http://skippy.com/",
                "http://skippy.other/",
                "http://a.b.c/",
                "http://skippy.shield.svc.cluster.other/",
                "http://skippy.cluster.local/",
                "http://skippy./",
                "http://skippy.shield./",
                "http://1skippy/",
                "http://1skippy.shield/",
                "http://ski_ppy/",
                "http://skippy@169.254.169.254/",
                "http://user@example.com/",
                "file:///etc/passwd",
                "mailto:skippy",
                "/skippy",
                "http://a0123456789012345678901234567890123456789012345678901234567890123/"
            })
    void leavesOtherHostsAlone(String uri) {
        assertThat(hosts.find(URI.create(uri))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.b.c.svc/",
                "http://skippy.svc/",
                "http://skippy.svc.cluster.local/",
                "http://pod-0.skippy.shield.svc/",
                "http://pod-0.skippy.shield.svc.cluster.local/",
                "http://svc.cluster.local.svc/",
                "http://1skippy.shield.svc/",
                "http://skippy.shield.svc./",
                "http://SKIPPY.SHIELD.SVC./",
                "http://skippy.shield.svc.cluster.local./",
                "http://a0123456789012345678901234567890123456789012345678901234567890123.shield.svc/"
            })
    void refusesWhatEndsAsAServiceAndIsNone(String uri) {
        assertThatThrownBy(() -> hosts.find(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://skippy:0/", "http://skippy:99999/", "http://skippy:2147483647/"})
    void refusesPortsThatAreNone(String uri) {
        assertThatThrownBy(() -> hosts.find(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("port: ");
    }

    @Test
    void refusesUserInformationWithoutShowingIt() {
        assertThatThrownBy(() -> hosts.find(URI.create("http://root:secret@skippy/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret")
                .hasMessage("uri: has user information before skippy (expected: none, but an Authorization header)");
    }

    @Test
    void knowsTheClustersOwnDomain() {
        ServiceHosts other = new ServiceHosts(new ClusterContext("shield", "corp.example"));
        assertThat(other.find(URI.create("http://skippy.x.svc.corp.example/"))).hasToString("skippy.x:(http)");
        assertThat(other.find(URI.create("http://skippy.x.svc.cluster.local/"))).isNull();
    }
}
