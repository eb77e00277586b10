package io.serviceresolver.dns;

import static io.serviceresolver.dns.FollowedService.source;
import static io.serviceresolver.dns.FollowedService.sourceBuilder;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.testkit.DnsReply;
import io.serviceresolver.testkit.DnsServer;
import io.serviceresolver.testkit.DnsService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that lose, refuse or fail queries. */
class DnsServersTest {

    private static final String HTTP = "_http._tcp.skippy.shield.svc.cluster.local.";
    private static final DnsService SKIPPY =
            DnsService.headless("skippy", "shield").port("http", 80).endpoint("10.0.0.1");

    private final DnsServer first = DnsServer.start().publish(SKIPPY);
    private final DnsServer second = DnsServer.start("127.0.0.2").publish(SKIPPY);

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private static String at(DnsServer server) {
        InetSocketAddress address = server.address();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Test
    void lostPacketsAreHedgedAfter200Milliseconds() {
        first.dropNext(2);
        try (FollowedService skippy = new FollowedService(source(first), "skippy:http")) {
            first.awaitQueries(1);
            skippy.advanceMillis(199);
            assertThat(first.queries()).hasSize(1);
            skippy.advanceMillis(1);
            first.awaitQueries(2);
            skippy.advanceMillis(200);
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
            assertThat(first.queries()).hasSize(3);
        }
    }

    @Test
    void theDeadlineOfATryIsExact() {
        first.outage(DnsReply.mute());
        DnsSource source = sourceBuilder(first)
                .tries(1)
                .queryTimeout(Duration.ofMillis(470))
                .build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            first.awaitQueries(1);
            skippy.advanceMillis(469).expectNoAnswer();
            assertThat(skippy.advanceMillis(1).nextUnavailable())
                    .isEqualTo("no answer from " + at(first) + " within 470 ms (SRV " + HTTP + ")");
        }
    }

    @Test
    void allTriesOfAMuteServerAreOverAfterNineHundredMilliseconds() {
        first.outage(DnsReply.mute());
        try (FollowedService skippy = new FollowedService(source(first), "skippy:http")) {
            first.awaitQueries(1);
            skippy.advanceMillis(899).expectNoAnswer();
            assertThat(skippy.advanceMillis(1).nextUnavailable()).startsWith("no answer from " + at(first));
            assertThat(first.awaitQueries(3)).hasSize(3);
        }
    }

    @Test
    void aMuteServerIsPassedOverForTheNextOneWhichIsAskedFirstFromThenOn() {
        first.outage(DnsReply.mute());
        try (FollowedService skippy = new FollowedService(source(first, second), "skippy:http")) {
            first.awaitQueries(1);
            assertThat(second.queries()).isEmpty();
            assertThat(skippy.advanceMillis(200).nextEndpoints()).containsExactly("10.0.0.1:80");
            skippy.advanceSeconds(5).nextSet();
            assertThat(second.queries()).hasSize(2);
            assertThat(first.queries()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVFAIL", "REFUSED", "FORMERR", "NOTIMP"})
    void aServerThatFailsIsPassedOverAtOnce(String rcode) {
        first.outage(DnsReply.rcode(rcode));
        try (FollowedService skippy = new FollowedService(source(first, second), "skippy:http")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
        }
    }

    @Test
    void aServerThatDoesNotListenIsPassedOverAtOnce() {
        first.close();
        try (FollowedService skippy = new FollowedService(source(first, second), "skippy:http")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
        }
    }

    @Test
    void aServerThatDoesNotKnowTheClusterDoesNotDenyWhatASlowOneKnows() {
        second.outage(DnsReply.nxDomain());
        first.dropNext(1);
        try (FollowedService skippy = new FollowedService(source(first, second), "skippy:http")) {
            first.awaitQueries(1);
            skippy.advanceMillis(200).awaitQueries(second, 1);
            // The time-outs of the first try and of the refresh are left when the second one is answered.
            skippy.scheduler.runUntil("the denial", () -> skippy.time.pending() == 2);
            skippy.advanceMillis(299).expectNoAnswer();
            assertThat(skippy.advanceMillis(1).nextAbsent()).startsWith("NXDOMAIN");
            assertThat(skippy.advanceSeconds(5).nextEndpoints()).containsExactly("10.0.0.1:80");
            assertThat(second.queries()).hasSize(1);
        }
    }

    @Test
    void theReasonNamesWhatEachServerDid() throws IOException {
        first.close();
        second.outage(DnsReply.servFail());
        DnsSource source = sourceBuilder(first, second).tries(2).build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            assertThat(skippy.nextUnavailable())
                    .isEqualTo(
                            at(first) + ": nothing listens there, SERVFAIL from " + at(second) + " (SRV " + HTTP + ")");
        }
    }

    @Test
    void aServerThatFailsIsAskedAgainAfterAWhile() {
        first.on(HTTP, "SRV", DnsReply.servFail(), DnsReply.refused(), DnsReply.nxDomain());
        try (FollowedService skippy = new FollowedService(source(first), "skippy:http")) {
            first.awaitQueries(1);
            skippy.advanceMillis(200);
            first.awaitQueries(2);
            assertThat(skippy.advanceMillis(200).nextAbsent()).startsWith("NXDOMAIN");
        }
    }

    @Test
    void aFailureSaysThatItIsUnknownAndTheSameSetGoesOnWhenItIsOver() {
        DnsSource source = sourceBuilder(first).tries(1).build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            EndpointSet set = skippy.nextSet();
            first.outage(DnsReply.servFail());
            skippy.advanceSeconds(5);
            assertThat(skippy.nextUnavailable()).isEqualTo("SERVFAIL from " + at(first) + " (SRV " + HTTP + ")");
            first.recover();
            assertThat(skippy.advanceSeconds(1).nextSet()).isSameAs(set);
        }
    }

    @Test
    void aServerThatIsNotSyncedAtTheStartHealsWithoutHelp() {
        first.outage(DnsReply.servFail());
        DnsSource source = sourceBuilder(first).tries(1).build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            assertThat(skippy.nextUnavailable()).startsWith("SERVFAIL");
            assertThat(skippy.advanceSeconds(1).nextUnavailable()).startsWith("SERVFAIL");
            first.recover();
            assertThat(skippy.advanceSeconds(2).nextEndpoints()).containsExactly("10.0.0.1:80");
        }
    }

    @Test
    void aServerThatAnswersOverIpv6IsAskedOverIpv6() {
        try (DnsServer ipv6 = DnsServer.start("::1").publish(SKIPPY);
                FollowedService skippy = new FollowedService(source(ipv6), "skippy:http")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
        }
    }
}
