package io.serviceresolver.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.text.Printable;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNameTest {

    private final ClusterContext context = new ClusterContext("shield", "cluster.local", Set.of("other"));

    @ParameterizedTest
    @CsvSource({
        "skippy, skippy, shield, ''",
        "s, s, shield, ''",
        "skippy-2--x, skippy-2--x, shield, ''",
        "xn--80ak6aa92e, xn--80ak6aa92e, shield, ''",
        "skippy.shield, skippy, shield, ''",
        "skippy.other, skippy, other, ''",
        "skippy.shield.svc, skippy, shield, ''",
        "skippy.anywhere.svc, skippy, anywhere, ''",
        "skippy.7.svc, skippy, 7, ''",
        "skippy.anywhere.svc.cluster.local, skippy, anywhere, ''",
        "svc.svc.svc, svc, svc, ''",
        "skippy:http, skippy, shield, http",
        "skippy:8080, skippy, shield, 8080",
        "skippy.other:http-alt, skippy, other, http-alt",
        "skippy.anywhere.svc:1, skippy, anywhere, 1",
        "skippy.anywhere.svc.cluster.local:65535, skippy, anywhere, 65535",
    })
    void readsEachFormOfAName(String text, String service, String namespace, String port) {
        ServiceName name = ServiceName.parse(text, context);
        assertThat(name.service()).isEqualTo(service);
        assertThat(name.namespace()).isEqualTo(namespace);
        assertThat(name.port()).isEqualTo(port.isEmpty() ? ServicePort.ONLY : ServicePort.parse(port));
        assertThat(name.qualified()).isEqualTo(service + "." + namespace);
        assertThat(name).hasToString(service + "." + namespace + (port.isEmpty() ? "" : ":" + port));
    }

    @Test
    void takesLabelsOfUpTo63Characters() {
        String label = "a".repeat(63);
        assertThat(ServiceName.parse(label + "." + label + ".svc", context).service())
                .isEqualTo(label);
        assertThatThrownBy(() -> ServiceName.parse(label + "a", context)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ServiceName.parse("a." + label + "a.svc", context))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"skippy.elsewhere", "evil.com", "skippy.elsewhere:http", "svc.svc"})
    void takesTwoLabelsOnlyForNamespacesThatAreAllowed(String text) {
        String host = text.replace(":http", "");
        assertThatThrownBy(() -> ServiceName.parse(text, context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "name: " + text + " (expected: a Service of namespace shield, or " + host + ".svc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "skippy.shield.pod",
                "skippy.shield.svc.cluster.local.",
                "skippy.shield.svc.",
                "skippy.shield.",
                "skippy.",
                ".skippy",
                "skippy..svc",
                "skippy.shield.svc.cluster",
                "skippy.shield.svc.cluster.local.evil.com",
                "skippy.shield.svc.evil.com",
                "a.skippy.shield.svc.cluster.local",
                "skippy.shield.svc.Cluster.local",
                "-skippy",
                "skippy-",
                "7skippy",
                "skippy_7",
                "skippy.-shield.svc"
            })
    void refusesWhatHasNoneOfTheForms(String text) {
        assertThatThrownBy(() -> ServiceName.parse(text, context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name: " + text + " (expected: service, service.namespace, service.namespace.svc or"
                        + " service.namespace.svc.cluster.local, with :port behind it if wished, of a-z, 0-9 and '-' in"
                        + " lower case, 63 at most each)");
    }

    @Test
    void takesNoUrl() {
        assertThatThrownBy(() -> ServiceName.parse("http://skippy:8080/x", context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name: http://skippy:8080/x (expected: a name, not a URL: skippy:8080 and not"
                        + " http://skippy:8080/)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "skippy ", " skippy"})
    void showsBlanksThatNobodySees(String text) {
        assertThatThrownBy(() -> ServiceName.parse(text, context))
                .hasMessageStartingWith("name: '" + text + "' (expected: service, ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"skippy:", "skippy:0", "skippy:65536", "skippy:080", "skippy:http:80", "skippy:HTTP", "skippy:-1"
            })
    void refusesWhatIsNoPort(String text) {
        String port = text.substring(text.indexOf(':') + 1);
        assertThatThrownBy(() -> ServiceName.parse(text, context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("port: " + Printable.value(port) + " (expected: ");
    }

    @Test
    void knowsItsOwnDomainOnly() {
        ClusterContext corporate = new ClusterContext("shield", "k8s.example.com");
        assertThat(ServiceName.parse("skippy.x.svc.k8s.example.com", corporate).namespace())
                .isEqualTo("x");
        assertThatThrownBy(() -> ServiceName.parse("skippy.x.svc.cluster.local", corporate))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void checksTheLabelsHoweverItIsMade() {
        assertThatThrownBy(() -> new ServiceName("Skippy", "shield", ServicePort.ONLY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("service: Skippy (expected: ");
        assertThatThrownBy(() -> new ServiceName("skippy", "a.b", ServicePort.ONLY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("namespace: a.b (expected: ");
    }

    @Test
    void changesThePortAlone() {
        ServiceName name = ServiceName.parse("skippy", context).withPort(ServicePort.forScheme("HTTP"));
        assertThat(name).hasToString("skippy.shield:(http)");
        assertThat(name.withPort(new ServicePort.Only()))
                .hasToString("skippy.shield")
                .isEqualTo(ServiceName.parse("skippy", context));
    }
}
