package io.serviceresolver.dns;

import static io.serviceresolver.dns.FollowedService.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.testkit.DnsQuery;
import io.serviceresolver.testkit.DnsReply;
import io.serviceresolver.testkit.DnsServer;
import io.serviceresolver.testkit.DnsService;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which records are asked for, and which endpoints come of them, for each way to name a port. */
class DnsPortsTest {

    private static final String NAME = "skippy.shield.svc.cluster.local.";
    private static final String HTTP = "_http._tcp." + NAME;
    private static final DnsService HEADLESS =
            DnsService.headless("skippy", "shield").endpoint("10.0.0.2").endpoint("10.0.0.1", "skippy-0");
    private static final DnsService CLUSTER_IP = DnsService.clusterIp("skippy", "shield", "10.96.0.7");

    private final DnsServer server = DnsServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private FollowedService follow(String name) {
        return new FollowedService(source(server), name);
    }

    private FollowedService follow(ServicePort port) {
        return new FollowedService(source(server), new ServiceName("skippy", "shield", port), () -> 0);
    }

    private List<String> asked() {
        return server.queries().stream()
                .map(query -> query.type() + " " + query.name())
                .toList();
    }

    @Test
    void aNamedPortOfAHeadlessServiceComesFromItsSrvRecordInOneQuery() {
        server.publish(HEADLESS.port("http", 8080).port("grpc", 9090));
        try (FollowedService skippy = follow("skippy:http")) {
            List<Endpoint> endpoints = skippy.nextSet().endpoints();
            assertThat(endpoints).extracting(Endpoint::authority).containsExactly("10.0.0.1:8080", "10.0.0.2:8080");
            assertThat(endpoints)
                    .extracting(Endpoint::hostname)
                    .containsExactly(Optional.of("skippy-0"), Optional.empty());
            assertThat(asked()).containsExactly("SRV " + HTTP);
        }
    }

    @Test
    void aNamedPortOfAClusterIpServiceLeadsToTheClusterIp() {
        server.publish(CLUSTER_IP.port("http", 80).port("grpc", 9090));
        try (FollowedService skippy = follow("skippy:grpc")) {
            Endpoint endpoint = skippy.nextSet().endpoints().get(0);
            assertThat(endpoint.authority()).isEqualTo("10.96.0.7:9090");
            assertThat(endpoint.hostname()).isEmpty();
        }
    }

    @Test
    void aNamedPortThatIsUnknownIsAbsent() {
        server.publish(CLUSTER_IP.port("http", 80));
        try (FollowedService skippy = follow("skippy:grpc")) {
            assertThat(skippy.nextAbsent())
                    .startsWith("NXDOMAIN for _grpc._tcp." + NAME)
                    .contains("no such Service or port");
        }
    }

    @Test
    void aNumberGoesWithTheAddressesInOneQueryPerFamily() {
        server.publish(HEADLESS);
        try (FollowedService skippy = follow("skippy:9999")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:9999", "10.0.0.2:9999");
            server.awaitQueries(2);
            assertThat(asked()).containsExactlyInAnyOrder("A " + NAME, "AAAA " + NAME);
        }
    }

    @Test
    void theOnlyPortIsFoundByTheBareName() {
        server.publish(HEADLESS.port("http", 8080));
        try (FollowedService skippy = follow("skippy")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:8080", "10.0.0.2:8080");
            assertThat(asked()).containsExactly("SRV " + NAME);
        }
    }

    @Test
    void anOnlyPortWithoutANameIsFoundToo() {
        server.publish(CLUSTER_IP.port("", 80));
        try (FollowedService skippy = follow("skippy")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.96.0.7:80");
        }
    }

    @Test
    void severalPortsAreAnErrorThatListsThem() {
        server.publish(HEADLESS.port("http", 8080).port("grpc", 9090));
        try (FollowedService skippy = follow("skippy")) {
            assertThat(skippy.nextUnavailable())
                    .contains("skippy.shield has several ports: 8080, 9090")
                    .contains("skippy:8080");
        }
    }

    @Test
    void aServiceWithoutPortsNeedsOne() {
        server.publish(HEADLESS);
        try (FollowedService skippy = follow("skippy")) {
            assertThat(skippy.nextUnavailable())
                    .contains("no port of skippy.shield")
                    .contains("skippy:8080");
        }
    }

    @Test
    void aSchemeTakesTheOnlyPort() {
        server.publish(HEADLESS.port("web", 8080));
        try (FollowedService skippy = follow(ServicePort.forScheme("http"))) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:8080", "10.0.0.2:8080");
        }
    }

    @Test
    void aSchemeTakesThePortOfItsNameBeforeThatOfItsNumber() {
        server.publish(CLUSTER_IP.port("web", 80).port("http", 8080));
        try (FollowedService skippy = follow(ServicePort.forScheme("http"))) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.96.0.7:8080");
        }
    }

    @Test
    void aSchemeTakesThePortOfItsWellKnownNumber() {
        server.publish(CLUSTER_IP.port("web", 80).port("tls", 443));
        try (FollowedService skippy = follow(ServicePort.forScheme("https"))) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.96.0.7:443");
        }
    }

    @Test
    void aSchemeThatFitsNoneOfSeveralPortsIsAnErrorThatListsThem() {
        server.publish(CLUSTER_IP.port("web", 81).port("admin", 82));
        try (FollowedService skippy = follow(ServicePort.forScheme("http"))) {
            assertThat(skippy.nextUnavailable()).contains("several ports: 81, 82");
        }
    }

    @Test
    void aSchemeOfAServiceWithoutPortsMeansItsWellKnownNumber() {
        server.publish(HEADLESS);
        try (FollowedService skippy = follow(ServicePort.forScheme("https"))) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:443", "10.0.0.2:443");
        }
        try (FollowedService skippy = follow(ServicePort.forScheme("gopher"))) {
            assertThat(skippy.nextUnavailable()).contains("no port of skippy.shield");
        }
    }

    @Test
    void glueThatIsMissingIsAskedForByTheNamesOfTheTargets() {
        String target = "skippy-0." + NAME;
        server.on(HTTP, "SRV", DnsReply.records(HTTP + " 5 IN SRV 0 50 8080 " + target))
                .on(target, "A", DnsReply.records(target + " 5 IN A 10.0.0.1"))
                .on(target, "AAAA", DnsReply.noData());
        try (FollowedService skippy = follow("skippy:http")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:8080");
        }
    }

    @Test
    void aSetWhoseGlueCannotBeCompletedIsNotPublished() {
        String[] targets = {"skippy-0." + NAME, "skippy-1." + NAME};
        DnsReply records = DnsReply.records(
                List.of(HTTP + " 5 IN SRV 0 50 80 " + targets[0], HTTP + " 5 IN SRV 0 50 80 " + targets[1]),
                List.of(targets[0] + " 5 IN A 10.0.0.1"));
        server.on(HTTP, "SRV", records).otherwise(DnsReply.servFail());
        try (FollowedService skippy = new FollowedService(
                FollowedService.sourceBuilder(server).tries(1).build(), "skippy:http")) {
            assertThat(skippy.nextUnavailable())
                    .startsWith("SERVFAIL from 127.0.0.1:")
                    .contains(targets[1]);
        }
    }

    @Test
    void targetsWithoutGlueBeyondOneBatchAreAllFound() {
        String[] lines = new String[40];
        for (int i = 0; i < lines.length; i++) {
            String target = "skippy-" + i + "." + NAME;
            lines[i] = HTTP + " 5 IN SRV 0 1 8080 " + target;
            server.on(target, "A", DnsReply.records(target + " 5 IN A 10.0.1." + i));
        }
        server.on(HTTP, "SRV", DnsReply.records(lines)).otherwise(DnsReply.noData());
        try (FollowedService skippy = follow("skippy:http")) {
            assertThat(skippy.nextEndpoints()).hasSize(40).contains("10.0.1.0:8080", "10.0.1.39:8080");
        }
    }

    @Test
    void twoEndpointsMayShareOneTarget() {
        server.publish(DnsService.headless("skippy", "shield")
                .port("http", 80)
                .endpoint("10.0.0.1", "twin")
                .endpoint("10.0.0.2", "twin"));
        try (FollowedService skippy = follow("skippy:http")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80", "10.0.0.2:80");
        }
    }

    @Test
    void theLowestPriorityNumberThatHasAddressesCounts() {
        DnsReply records = DnsReply.records(
                List.of(
                        HTTP + " 5 IN SRV 0 1 80 gone." + NAME,
                        HTTP + " 5 IN SRV 1 1 80 main." + NAME,
                        HTTP + " 5 IN SRV 2 1 80 spare." + NAME),
                List.of("main." + NAME + " 5 IN A 10.0.0.1", "spare." + NAME + " 5 IN A 10.0.0.2"));
        server.on(HTTP, "SRV", records);
        try (FollowedService skippy = follow("skippy:http")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
        }
    }

    @Test
    void recordsOfNoUseAreLeftOut() {
        DnsReply records = DnsReply.records(
                List.of(
                        HTTP + " 5 IN SRV 0 1 0 zero." + NAME,
                        HTTP + " 5 IN SRV 0 1 80 .",
                        HTTP + " 5 IN SRV 0 1 80 evil.example.com.",
                        HTTP + " 5 IN SRV 0 1 80 good." + NAME),
                List.of(
                        "good." + NAME + " 5 IN A 10.0.0.1",
                        "zero." + NAME + " 5 IN A 10.0.0.2",
                        "evil.example.com. 5 IN A 10.6.6.6"));
        server.on(HTTP, "SRV", records);
        try (FollowedService skippy = follow("skippy:http")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
        }
        assertThat(server.queries()).extracting(DnsQuery::name).allMatch(name -> name.endsWith(NAME));
    }
}
