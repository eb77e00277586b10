package io.serviceresolver.dns;

import static io.serviceresolver.dns.FollowedService.source;
import static io.serviceresolver.dns.FollowedService.sourceBuilder;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.testkit.DnsQuery;
import io.serviceresolver.testkit.DnsReply;
import io.serviceresolver.testkit.DnsServer;
import io.serviceresolver.testkit.DnsTcpMode;
import io.serviceresolver.testkit.DnsTransport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that UDP cannot carry. The truncated part of an answer is never published. */
class DnsTcpTest {

    private static final String NAME = "skippy.shield.svc.cluster.local.";
    private static final DnsReply PART = DnsReply.records(NAME + " 5 IN A 10.0.0.1");
    private static final DnsReply WHOLE = DnsReply.records(NAME + " 5 IN A 10.0.0.1", NAME + " 5 IN A 10.0.0.2");

    private final DnsServer server = DnsServer.start();

    @BeforeEach
    void script() {
        server.on(NAME, "A", DnsReply.truncated(PART, WHOLE)).on(NAME, "AAAA", DnsReply.noData());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private FollowedService followWithOneTry() {
        return new FollowedService(sourceBuilder(server).tries(1).build(), "skippy:80");
    }

    private long tcpQueries() {
        return server.queries().stream()
                .filter(query -> query.transport() == DnsTransport.TCP)
                .count();
    }

    @Test
    void aTruncatedAnswerIsAskedForOverTcp() {
        try (FollowedService skippy = new FollowedService(source(server), "skippy:80")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80", "10.0.0.2:80");
            assertThat(tcpQueries()).isEqualTo(1);
        }
    }

    @Test
    void fourThousandAddressesComeOverTcp() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            lines.add(NAME + " 5 IN A 10.1." + i / 250 + "." + i % 250);
        }
        server.on(NAME, "A", DnsReply.records(lines, List.of()));
        DnsSource source = sourceBuilder(server).maxAddresses(10_000).build();
        try (FollowedService skippy = new FollowedService(source, "skippy:80")) {
            assertThat(skippy.nextEndpoints()).hasSize(4000);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSE", "CUT", "SHORT_LENGTH"})
    void brokenTcpFailsTheTryAtOnce(DnsTcpMode mode) {
        server.overTcp(mode);
        try (FollowedService skippy = followWithOneTry()) {
            assertThat(skippy.nextUnavailable()).startsWith("127.0.0.1:").contains("(A " + NAME + ")");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BLACK_HOLE", "LONG_LENGTH"})
    void silentTcpEndsWithTheDeadline(DnsTcpMode mode) {
        server.overTcp(mode);
        try (FollowedService skippy = followWithOneTry()) {
            skippy.awaitQueries(server, 3);
            assertThat(tcpQueries()).isEqualTo(1);
            skippy.advanceMillis(499).expectNoAnswer();
            assertThat(skippy.advanceMillis(1).nextUnavailable())
                    .startsWith("no answer from 127.0.0.1:")
                    .contains(" over TCP within 500 ms");
        }
    }

    @Test
    void theNextRefreshUsesANewConnection() {
        server.overTcp(DnsTcpMode.BLACK_HOLE);
        try (FollowedService skippy = followWithOneTry()) {
            skippy.awaitQueries(server, 3);
            skippy.advanceMillis(500).nextUnavailable();
            server.overTcp(DnsTcpMode.ANSWER);
            assertThat(skippy.advanceSeconds(1).nextEndpoints()).hasSize(2);
        }
    }

    @Test
    void anotherServerIsAskedWhereTcpIsRefused() {
        server.overTcp(DnsTcpMode.REFUSE);
        try (DnsServer other = DnsServer.start("127.0.0.2").on(NAME, "A", WHOLE).on(NAME, "AAAA", DnsReply.noData());
                FollowedService skippy = new FollowedService(source(server, other), "skippy:80")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80", "10.0.0.2:80");
        }
    }

    @Test
    void anAnswerTruncatedEvenOverTcpIsNotPublished() {
        DnsReply cut = (query, transport) -> DnsReply.truncated(PART, PART).to(query, DnsTransport.UDP);
        server.on(NAME, "A", cut);
        try (FollowedService skippy = followWithOneTry()) {
            assertThat(skippy.nextUnavailable()).startsWith("an answer truncated even over TCP from 127.0.0.1:");
        }
    }

    @Test
    void thePayloadThatServersAreToldIsTheOneThatWasSet() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add(NAME + " 5 IN A 10.1.1." + i);
        }
        server.on(NAME, "A", DnsReply.records(lines, List.of()));
        try (FollowedService skippy = new FollowedService(source(server), "skippy:80")) {
            assertThat(skippy.nextEndpoints()).hasSize(40);
            assertThat(server.queries()).extracting(DnsQuery::transport).doesNotContain(DnsTransport.TCP);
        }
        try (FollowedService skippy =
                new FollowedService(sourceBuilder(server).ednsPayload(512).build(), "skippy:80")) {
            assertThat(skippy.nextEndpoints()).hasSize(40);
            assertThat(server.queries()).extracting(DnsQuery::transport).contains(DnsTransport.TCP);
        }
    }
}
