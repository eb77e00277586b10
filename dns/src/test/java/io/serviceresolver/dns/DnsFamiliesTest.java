package io.serviceresolver.dns;

import static io.serviceresolver.dns.FollowedService.source;
import static io.serviceresolver.dns.FollowedService.sourceBuilder;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.testkit.DnsReply;
import io.serviceresolver.testkit.DnsServer;
import io.serviceresolver.testkit.DnsService;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One address family is used: no Pod counts twice, and no family waits for the other. */
class DnsFamiliesTest {

    private static final String NAME = "skippy.shield.svc.cluster.local.";
    private static final DnsReply IPV4 = DnsReply.records(NAME + " 5 IN A 10.0.0.1");
    private static final DnsReply IPV6 = DnsReply.records(NAME + " 5 IN AAAA fd00::1");

    private final DnsServer server = DnsServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private FollowedService follow() {
        DnsSource source = sourceBuilder(server)
                .tries(1)
                .negativeHold(Duration.ofSeconds(9))
                .build();
        return new FollowedService(source, "skippy:80");
    }

    @Test
    void ofTwoFamiliesIpv4IsUsed() {
        server.on(NAME, "A", IPV4).on(NAME, "AAAA", IPV6);
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
        }
    }

    @Test
    void ofTwoFamiliesThatOfThisHostIsUsed() {
        server.on(NAME, "A", IPV4).on(NAME, "AAAA", IPV6);
        try (FollowedService skippy = new FollowedService(source(server), "skippy:80", Set.of("fd00::9"))) {
            assertThat(skippy.nextEndpoints()).containsExactly("[fd00::1]:80");
        }
        try (FollowedService skippy = new FollowedService(source(server), "skippy:80", Set.of("fd00::9", "10.0.0.9"))) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
        }
    }

    @Test
    void ofTwoFamiliesBehindSrvRecordsThatOfThisHostIsUsed() {
        server.publish(DnsService.headless("skippy", "shield")
                .port("http", 80)
                .endpoint("10.0.0.1", "skippy-0")
                .endpoint("fd00::1", "skippy-0"));
        try (FollowedService skippy = new FollowedService(source(server), "skippy:http", Set.of("fd00::9"))) {
            assertThat(skippy.nextEndpoints()).containsExactly("[fd00::1]:80");
        }
    }

    /** Perhaps its addresses are not all there is: what is on its way there knows better. */
    @Test
    void aFamilyThatIsNotOfThisHostIsUsedWhereThereIsNoOther() {
        server.on(NAME, "A", IPV4).on(NAME, "AAAA", DnsReply.noData(), IPV6);
        try (FollowedService skippy = new FollowedService(source(server), "skippy:80", Set.of("fd00::9"))) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
            assertThat(skippy.advanceSeconds(5).nextEndpoints()).containsExactly("[fd00::1]:80");
        }
    }

    @Test
    void ipv6IsUsedWhereThereIsNoIpv4() {
        server.on(NAME, "A", DnsReply.noData()).on(NAME, "AAAA", IPV6);
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextEndpoints()).containsExactly("[fd00::1]:80");
        }
    }

    @Test
    void ipv4IsUsedAtOnceWhileIpv6Hangs() {
        server.on(NAME, "A", IPV4).on(NAME, "AAAA", DnsReply.mute());
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
            assertThat(skippy.time.nanoTime()).isZero();
            assertThat(skippy.time.pending()).isEqualTo(1);
        }
    }

    @Test
    void ipv6IsUsedAfterTheDeadlineOfAnIpv4ThatHangs() {
        server.on(NAME, "A", DnsReply.mute()).on(NAME, "AAAA", IPV6);
        try (FollowedService skippy = follow()) {
            skippy.awaitQueries(server, 2);
            // The time-outs of A and of the refresh are left when AAAA is answered.
            skippy.scheduler.runUntil("the answer to AAAA", () -> skippy.time.pending() == 2);
            skippy.expectNoAnswer();
            assertThat(skippy.advanceMillis(500).nextEndpoints()).containsExactly("[fd00::1]:80");
        }
    }

    @Test
    void aFamilyInUseStaysWhenTheOtherComes() {
        server.on(NAME, "A", DnsReply.noData(), IPV4).on(NAME, "AAAA", IPV6);
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextEndpoints()).containsExactly("[fd00::1]:80");
            assertThat(skippy.advanceSeconds(5).nextEndpoints()).containsExactly("[fd00::1]:80");
        }
    }

    @Test
    void aFamilyThatHasGoneIsReplacedAtOnce() {
        server.on(NAME, "A", IPV4, DnsReply.noData()).on(NAME, "AAAA", IPV6);
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
            assertThat(skippy.advanceSeconds(5).nextEndpoints()).containsExactly("[fd00::1]:80");
        }
    }

    @Test
    void aFamilyInUseThatFailsIsHeldForAWhileBeforeTheOtherReplacesIt() {
        server.on(NAME, "A", IPV4, DnsReply.servFail()).on(NAME, "AAAA", IPV6);
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
            skippy.advanceSeconds(5).settleSilently();
            skippy.advanceSeconds(3).settleSilently();
            skippy.advanceSeconds(3).settleSilently();
            assertThat(skippy.advanceSeconds(3).nextEndpoints()).containsExactly("[fd00::1]:80");
        }
    }

    @Test
    void noFamilyHasAddresses() {
        server.on(NAME, "A", DnsReply.noData()).on(NAME, "AAAA", DnsReply.noData());
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextSet().isEmpty()).isTrue();
        }
    }

    @Test
    void oneFamilyWithoutAddressesAndOneThatFailsIsUnknown() {
        server.on(NAME, "A", DnsReply.noData()).on(NAME, "AAAA", DnsReply.servFail());
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextUnavailable()).startsWith("SERVFAIL").contains("AAAA " + NAME);
        }
        server.on(NAME, "A", DnsReply.servFail()).on(NAME, "AAAA", DnsReply.noData());
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextUnavailable()).startsWith("SERVFAIL").contains("A " + NAME);
        }
    }

    @Test
    void nxDomainForOneFamilyIsEnough() {
        server.on(NAME, "A", DnsReply.nxDomain()).on(NAME, "AAAA", DnsReply.mute());
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextAbsent()).startsWith("NXDOMAIN for " + NAME);
        }
        server.on(NAME, "A", DnsReply.servFail()).on(NAME, "AAAA", DnsReply.nxDomain());
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextAbsent()).startsWith("NXDOMAIN for " + NAME);
        }
    }

    @Test
    void anIpv4AddressInAnAaaaRecordIsNone() {
        server.on(NAME, "A", DnsReply.noData())
                .on(NAME, "AAAA", DnsReply.records(NAME + " 5 IN AAAA ::ffff:127.0.0.1", NAME + " 5 IN AAAA fd00::2"));
        try (FollowedService skippy = follow()) {
            assertThat(skippy.nextEndpoints()).containsExactly("[fd00::2]:80");
        }
    }

    @Test
    void podsWithTwoAddressesBehindSrvRecordsCountOnce() {
        server.publish(DnsService.headless("skippy", "shield")
                .port("http", 80)
                .endpoint("10.0.0.1")
                .endpoint("fd00::1")
                .endpoint("10.0.0.2", "skippy-2")
                .endpoint("fd00::2", "skippy-2"));
        try (FollowedService skippy = new FollowedService(source(server), "skippy:http")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80", "10.0.0.2:80");
            assertThat(server.queries()).hasSize(1);
        }
    }

    @Test
    void aClusterOfIpv6AloneNeedsNoMoreQueriesThanOneOfIpv4() {
        server.publish(DnsService.headless("skippy", "shield")
                .port("http", 80)
                .endpoint("fd00::1")
                .endpoint("fd00::2", "skippy-2"));
        try (FollowedService skippy = new FollowedService(source(server), "skippy:http")) {
            assertThat(skippy.nextEndpoints()).containsExactly("[fd00::1]:80", "[fd00::2]:80");
            assertThat(server.queries()).hasSize(1);
        }
    }

    @Test
    void glueOfTheOtherFamilyAloneIsCompleted() {
        String http = "_http._tcp." + NAME;
        String first = "a." + NAME;
        String second = "b." + NAME;
        server.on(
                        http,
                        "SRV",
                        DnsReply.records(
                                List.of(http + " 5 IN SRV 0 1 80 " + first, http + " 5 IN SRV 0 1 80 " + second),
                                List.of(first + " 5 IN A 10.0.0.1", second + " 5 IN AAAA fd00::2")))
                .on(second, "A", DnsReply.records(second + " 5 IN A 10.0.0.2"))
                .on(second, "AAAA", DnsReply.records(second + " 5 IN AAAA fd00::2"));
        try (FollowedService skippy = new FollowedService(source(server), "skippy:http")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80", "10.0.0.2:80");
        }
    }
}
