package io.serviceresolver.source;

import static io.serviceresolver.source.KubeletVariables.tcp;
import static io.serviceresolver.source.KubeletVariables.udp;
import static io.serviceresolver.source.SourceHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.source.KubeletVariables.Ipv6Links;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvironmentSourceTest {

    private final SourceHarness harness = new SourceHarness("shield");
    private final EnvironmentSource skippy =
            new KubeletVariables().service("skippy", "10.96.0.7", tcp("", 80)).source();

    private String ask(EndpointSource source, String service) {
        return text(harness.ask(source, service));
    }

    @Test
    void answersTheClusterIpAndTheOnlyPort() {
        assertThat(ask(skippy, "skippy")).isEqualTo("10.96.0.7:80");
        assertThat(ask(skippy, "skippy.shield.svc")).isEqualTo("10.96.0.7:80");
        assertThat(skippy.name()).isEqualTo("environment");
        assertThat(skippy.origin()).isEqualTo(EndpointSource.Origin.REMOTE);
    }

    @Test
    void needsNoMoreThanAHostAndAPort() {
        EnvironmentSource plain =
                EnvironmentSource.of(Map.of("SKIPPY_SERVICE_HOST", "10.96.0.7", "SKIPPY_SERVICE_PORT", "8080"));
        assertThat(ask(plain, "skippy")).isEqualTo("10.96.0.7:8080");
        assertThat(ask(plain, "skippy:8080")).isEqualTo("10.96.0.7:8080");
    }

    @Test
    void saysWhichVariableIsMissing() {
        assertThat(ask(EnvironmentSource.of(Map.of()), "skippy")).isEqualTo("absent: SKIPPY_SERVICE_HOST is not set");
        assertThat(ask(skippy, "foo-bar")).isEqualTo("absent: FOO_BAR_SERVICE_HOST is not set");
        assertThat(ask(EnvironmentSource.of(Map.of("SKIPPY_SERVICE_PORT", "80")), "skippy"))
                .isEqualTo("absent: SKIPPY_SERVICE_HOST is not set");
        assertThat(ask(EnvironmentSource.of(Map.of("SKIPPY_SERVICE_HOST", "10.96.0.7")), "skippy"))
                .isEqualTo("unavailable: SKIPPY_SERVICE_PORT is not set");
    }

    @Test
    void readsTheEnvironmentOfThisProcess() {
        assertThat(ask(EnvironmentSource.system(), "there-is-no-such-service-anywhere"))
                .isEqualTo("absent: THERE_IS_NO_SUCH_SERVICE_ANYWHERE_SERVICE_HOST is not set");
    }

    @Test
    void copiesTheVariables() {
        Map<String, String> given = new HashMap<>();
        EnvironmentSource source = EnvironmentSource.of(given);
        given.put("SKIPPY_SERVICE_HOST", "10.96.0.7");
        assertThat(ask(source, "skippy")).isEqualTo("absent: SKIPPY_SERVICE_HOST is not set");
    }

    @Test
    void knowsItsOwnNamespaceOnly() {
        assertThat(ask(skippy, "skippy.other"))
                .isEqualTo("absent: environment variables tell of Services in namespace shield only, not of other");
    }

    @Test
    void knowsTheApiServerFromEveryNamespace() {
        EnvironmentSource source = new KubeletVariables()
                .service("kubernetes", "10.96.0.1", tcp("https", 443))
                .source();
        assertThat(ask(source, "kubernetes.default.svc")).isEqualTo("10.96.0.1:443");
        assertThat(ask(source, "kubernetes")).startsWith("unavailable: the variables of kubernetes are those of");
        assertThat(ask(source, "kubernetes.other")).startsWith("absent: ");
        SourceHarness inDefault = new SourceHarness("default");
        assertThat(text(inDefault.ask(source, "kubernetes:https"))).isEqualTo("10.96.0.1:443");
    }

    @ParameterizedTest
    @EnumSource
    void takesIpv6AsTheKubeletWritesIt(Ipv6Links links) {
        EnvironmentSource source = new KubeletVariables(links)
                .service("skippy", "FD00:10:96::7", tcp("http", 80), udp("dns", 53))
                .source();
        assertThat(ask(source, "skippy")).isEqualTo("[fd00:10:96::7]:80");
        assertThat(ask(source, "skippy:http")).isEqualTo("[fd00:10:96::7]:80");
        assertThat(ask(source, "skippy:dns")).startsWith("unavailable: no port dns");
    }

    @Test
    void takesIpv6InBracketsFromUsers() {
        Map<String, String> variables = Map.of("SKIPPY_SERVICE_HOST", "[fd00::7]", "SKIPPY_SERVICE_PORT", "80");
        assertThat(ask(EnvironmentSource.of(variables), "skippy")).isEqualTo("[fd00::7]:80");
    }

    @Test
    void answersOnceAndNotInsideSubscribe() {
        List<SourceAnswer> answers = new ArrayList<>();
        Subscription subscription = skippy.subscribe(harness.name("skippy"), harness.context, answers::add);
        assertThat(answers).isEmpty();
        harness.time.runDue();
        assertThat(answers).hasSize(1);
        assertThat(harness.time.pending()).isZero();
        subscription.close();
        subscription.close();
        assertThat(harness.time.runDue()).isZero();
        assertThat(answers).hasSize(1);
    }

    @Test
    void saysNothingAfterItWasClosed() {
        List<SourceAnswer> answers = new ArrayList<>();
        skippy.subscribe(harness.name("skippy"), harness.context, answers::add).close();
        harness.time.runDue();
        assertThat(answers).isEmpty();
    }

    @Test
    void logsOncePerServiceThatItCannotLearnOfNewServices() {
        try (CapturedLog log = new CapturedLog(EnvironmentSource.class)) {
            ask(skippy, "skippy");
            ask(skippy, "skippy:80");
            ask(skippy, "missing");
            assertThat(log.at(Level.INFO))
                    .hasSize(2)
                    .allMatch(line ->
                            line.endsWith("which tell nothing of Services that were made or changed after this Pod"))
                    .anyMatch(line -> line.startsWith("environment: skippy.shield is looked for"))
                    .anyMatch(line -> line.startsWith("environment: missing.shield is looked for"));
            assertThat(log.at(Level.WARN)).isEmpty();
        }
    }

    @Test
    void remembersABoundedNumberOfServicesForItsLog() {
        try (CapturedLog log = new CapturedLog(EnvironmentSource.class)) {
            for (int i = 0; i < 1100; i++) {
                harness.ask(skippy, new ServiceName("s" + i, "shield", ServicePort.ONLY));
            }
            assertThat(log.at(Level.INFO)).hasSize(1000);
        }
    }

    @Test
    void warnsOncePerServiceOfAllThatItSkipped() {
        KubeletVariables variables = new KubeletVariables().service("skippy", "10.96.0.7", tcp("http", 80));
        variables.set("SKIPPY_SERVICE_PORT", "tcp://10.0.0.1:80").set("SKIPPY_SERVICE_PORT_ADMIN", "9\r\n0");
        EnvironmentSource source = variables.source();
        try (CapturedLog log = new CapturedLog(EnvironmentSource.class)) {
            assertThat(ask(source, "skippy")).isEqualTo("10.96.0.7:80");
            assertThat(ask(source, "skippy:http")).isEqualTo("10.96.0.7:80");
            assertThat(log.at(Level.WARN))
                    .containsExactly("environment: skipped for skippy.shield:"
                            + " SKIPPY_SERVICE_PORT: tcp://10.0.0.1:80 (expected: 1 to 65535);"
                            + " SKIPPY_SERVICE_PORT_ADMIN: 9\\u000d\\u000a0 (expected: 1 to 65535)");
        }
    }

    @Test
    void keepsTheWarningShort() {
        KubeletVariables variables = new KubeletVariables().service("skippy", "10.96.0.7", tcp("http", 80));
        for (int i = 0; i < 5000; i++) {
            variables.set("SKIPPY_SERVICE_PORT_P" + i, "x".repeat(1000));
        }
        EnvironmentSource source = variables.source();
        try (CapturedLog log = new CapturedLog(EnvironmentSource.class)) {
            assertThat(ask(source, "skippy")).isEqualTo("10.96.0.7:80");
            assertThat(log.at(Level.WARN))
                    .singleElement()
                    .asString()
                    .endsWith("; and 4995 more")
                    .hasSizeLessThan(2000);
        }
    }

    @Test
    void doesNotWarnOfPortsThatAreNotTcp() {
        EnvironmentSource dns = new KubeletVariables()
                .service("skippy", "10.96.0.7", udp("dns", 53), tcp("dns-tcp", 53), udp("syslog", 514))
                .source();
        try (CapturedLog log = new CapturedLog(EnvironmentSource.class)) {
            assertThat(ask(dns, "skippy")).isEqualTo("10.96.0.7:53");
            assertThat(log.at(Level.WARN)).isEmpty();
        }
    }

    @Test
    void warnsOfNoVariableThatBelongsToAServiceWithALongerName() {
        EnvironmentSource source = new KubeletVariables()
                .service("foo", "10.96.0.1", tcp("http", 8080))
                .service("foo-service", "10.96.0.2", tcp("http", 80))
                .service("foo-service-port", "10.96.0.3", tcp("http", 8080))
                .service("foo-port", "10.96.0.4", tcp("http", 80))
                .source();
        try (CapturedLog log = new CapturedLog(EnvironmentSource.class)) {
            assertThat(ask(source, "foo")).isEqualTo("10.96.0.1:8080");
            assertThat(log.at(Level.WARN))
                    .containsExactly("environment: skipped for foo.shield:"
                            + " FOO_SERVICE_PORT: tcp://10.96.0.2:80 (expected: 1 to 65535)");
        }
    }

    @Test
    void doesNotWarnOfVariablesWhereThereIsNoSuchService() {
        EnvironmentSource source = new KubeletVariables()
                .set("SKIPPY_PORT", "8080")
                .set("SKIPPY_SERVICE_PORT", "none")
                .source();
        try (CapturedLog log = new CapturedLog(EnvironmentSource.class)) {
            assertThat(ask(source, "skippy")).isEqualTo("absent: SKIPPY_SERVICE_HOST is not set");
            assertThat(log.at(Level.WARN)).isEmpty();
        }
    }
}
