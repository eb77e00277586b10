package io.serviceresolver.dns;

import static io.serviceresolver.dns.FollowedService.source;
import static io.serviceresolver.dns.FollowedService.sourceBuilder;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Changes;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServiceName;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.testkit.DnsReply;
import io.serviceresolver.testkit.DnsServer;
import io.serviceresolver.testkit.DnsService;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When DNS is asked again, and what becomes of a set meanwhile. */
class DnsRefreshTest {

    private static final String HTTP = "_http._tcp.skippy.shield.svc.cluster.local.";
    private static final DnsService EMPTY =
            DnsService.headless("skippy", "shield").port("http", 80);
    private static final DnsService ONE = EMPTY.endpoint("10.0.0.1");

    private final DnsServer server = DnsServer.start().publish(ONE);

    @AfterEach
    void close() {
        server.close();
    }

    private FollowedService follow() {
        return new FollowedService(source(server), "skippy:http");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "5, 5", "30, 30", "31, 30", "2147483647, 30"})
    void theTtlWithinItsBoundsTellsWhenToAskAgain(int ttl, int seconds) {
        server.publish(ONE.ttl(ttl));
        try (FollowedService skippy = follow()) {
            EndpointSet set = skippy.nextSet();
            skippy.advance(Duration.ofSeconds(seconds).minusNanos(1)).expectNoAnswer();
            assertThat(skippy.time.pending()).isEqualTo(1);
            assertThat(skippy.advance(Duration.ofNanos(1)).nextSet()).isSameAs(set);
        }
    }

    @Test
    void aTtlBeyondTheRangeOfTtlsIsZero() {
        String name = "skippy.shield.svc.cluster.local.";
        DnsReply plain = DnsReply.records(name + " 5 IN A 10.0.0.1");
        server.on(name, "A", (query, transport) -> {
            byte[] packet = plain.to(query, transport).get(0);
            int question = 12 + name.length() + 1 + 4;
            ByteBuffer.wrap(packet).putInt(question + 6, -1);
            return List.of(packet);
        });
        try (FollowedService skippy = new FollowedService(source(server), "skippy:80")) {
            skippy.nextSet();
            skippy.advanceSeconds(1).nextSet();
        }
    }

    @Test
    void theLeastOfMixedTtlsCounts() {
        String target = "a.skippy.shield.svc.cluster.local.";
        server.on(
                HTTP,
                "SRV",
                DnsReply.records(List.of(HTTP + " 20 IN SRV 0 1 80 " + target), List.of(target + " 7 IN A 10.0.0.1")));
        try (FollowedService skippy = follow()) {
            skippy.nextSet();
            skippy.advanceMillis(6999).expectNoAnswer();
            skippy.advanceMillis(1).nextSet();
        }
    }

    @Test
    void theTimeIsJitteredByATenth() {
        server.publish(ONE.ttl(10));
        ServiceName name = new ServiceName("skippy", "shield", ServicePort.named("http"));
        try (FollowedService early = new FollowedService(source(server), name, () -> 0)) {
            early.nextSet();
            early.advanceMillis(8999).expectNoAnswer();
            early.advanceMillis(1).nextSet();
        }
        try (FollowedService late = new FollowedService(source(server), name, () -> -1)) {
            late.nextSet();
            late.advanceMillis(10_999).expectNoAnswer();
            late.advanceMillis(1).nextSet();
        }
    }

    @Test
    void ofTooManyThereAreAlwaysTheSameOnes() {
        server.publish(ONE.endpoint("10.0.0.2").endpoint("10.0.0.3").endpoint("10.0.0.4"));
        DnsSource limited = sourceBuilder(server).maxAddresses(2).build();
        try (FollowedService skippy = new FollowedService(limited, "skippy:http")) {
            EndpointSet set = skippy.nextSet();
            assertThat(set.size()).isEqualTo(2);
            for (int i = 0; i < 10; i++) {
                assertThat(skippy.advanceSeconds(5).nextSet()).isSameAs(set);
            }
        }
    }

    @Test
    void anotherOrderIsNoChangeAndOneMoreEndpointIs() {
        server.publish(ONE.endpoint("10.0.0.2").endpoint("10.0.0.3"));
        try (FollowedService skippy = follow()) {
            EndpointSet set = skippy.nextSet();
            assertThat(skippy.advanceSeconds(5).nextSet()).isSameAs(set);
            assertThat(skippy.advanceSeconds(5).nextSet()).isSameAs(set);
            server.publish(ONE.endpoint("10.0.0.2").endpoint("10.0.0.4"));
            EndpointSet next = skippy.advanceSeconds(5).nextSet();
            Changes changes = next.changesSince(set);
            assertThat(changes.added()).extracting(Endpoint::address).containsExactly("10.0.0.4");
            assertThat(changes.removed()).extracting(Endpoint::address).containsExactly("10.0.0.3");
            assertThat(next.endpoints().get(0)).isSameAs(set.endpoints().get(0));
        }
    }

    @Test
    void aRefreshAsksOnceAndNotTheRoot() {
        server.publish(ONE);
        try (FollowedService skippy = new FollowedService(source(server), "skippy:80")) {
            skippy.nextSet();
            skippy.awaitQueries(server, 2);
            skippy.advanceSeconds(5).nextSet();
            skippy.awaitQueries(server, 4);
            assertThat(server.queries())
                    .hasSize(4)
                    .allMatch(query -> query.name().equals("skippy.shield.svc.cluster.local."));
        }
    }

    @Test
    void nxDomainAtFirstIsAbsentAtOnceAndTheServiceIsFoundWhenItComes() {
        server.publish(EMPTY);
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextAbsent()).startsWith("NXDOMAIN for " + HTTP);
            assertThat(skippy.advanceSeconds(5).nextAbsent()).startsWith("NXDOMAIN");
            server.publish(ONE);
            assertThat(skippy.advanceSeconds(5).nextEndpoints()).containsExactly("10.0.0.1:80");
        }
    }

    @Test
    void noDataAtFirstIsAnEmptySetAtOnce() {
        server.on(HTTP, "SRV", DnsReply.noData());
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextSet().isEmpty()).isTrue();
        }
    }

    @Test
    void failuresBackOffFrom1To30SecondsAndStartAnewAfterSuccess() {
        DnsSource source = sourceBuilder(server).tries(1).build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            skippy.nextSet();
            server.outage(DnsReply.servFail());
            skippy.advanceSeconds(5).nextUnavailable();
            for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30, 30}) {
                skippy.advance(Duration.ofSeconds(seconds).minusNanos(1)).expectNoAnswer();
                assertThat(skippy.time.pending()).isEqualTo(1);
                skippy.advance(Duration.ofNanos(1)).nextUnavailable();
            }
            server.recover();
            skippy.advanceSeconds(30).nextSet();
            server.outage(DnsReply.servFail());
            skippy.advanceSeconds(5).nextUnavailable();
            server.recover();
            skippy.advanceSeconds(1).nextSet();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void backOffIsJitteredByAFifth(long bits) {
        server.outage(DnsReply.servFail());
        ServiceName name = new ServiceName("skippy", "shield", ServicePort.named("http"));
        DnsSource source = sourceBuilder(server).tries(1).build();
        try (FollowedService skippy = new FollowedService(source, name, () -> bits)) {
            skippy.nextUnavailable();
            skippy.advanceMillis(bits == 0 ? 799 : 1199).expectNoAnswer();
            skippy.advanceMillis(1).nextUnavailable();
        }
    }

    @Test
    void aRefreshEndsWithItsOwnDeadline() {
        server.outage(DnsReply.mute());
        DnsSource source =
                sourceBuilder(server).refreshTimeout(Duration.ofMillis(250)).build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            skippy.awaitQueries(server, 1);
            skippy.advanceMillis(249).expectNoAnswer();
            assertThat(skippy.advanceMillis(1).nextUnavailable())
                    .isEqualTo("no complete answer within 250 ms (SRV " + HTTP + ")");
        }
    }
}
