package io.serviceresolver.dns;

import static io.serviceresolver.dns.FollowedService.source;
import static io.serviceresolver.dns.FollowedService.sourceBuilder;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.testkit.DnsReply;
import io.serviceresolver.testkit.DnsServer;
import io.serviceresolver.testkit.DnsService;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** For how long a set is held against answers that would empty it. */
class DnsHoldTest {

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

    @Test
    void nxDomainAfterEndpointsIsHeldFor30SecondsAndThenAbsent() {
        try (FollowedService skippy = follow()) {
            skippy.nextSet();
            server.publish(EMPTY);
            int before = server.queries().size();
            for (int seconds = 0; seconds < 30; seconds += 5) {
                skippy.advanceSeconds(5).settleSilently();
            }
            assertThat(skippy.advanceSeconds(5).nextAbsent()).startsWith("NXDOMAIN");
            assertThat(server.queries()).hasSize(before + 7);
        }
    }

    @Test
    void aHeldSetIsAskedForAtLeastThreeTimesWhateverTheTtl() {
        DnsReply negative = (query, transport) -> DnsReply.nxDomain().to(query, transport);
        DnsSource source = sourceBuilder(server).minTtl(Duration.ofSeconds(20)).build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            skippy.nextSet();
            server.outage(negative);
            skippy.advanceSeconds(20).settleSilently();
            skippy.advanceSeconds(10).settleSilently();
            skippy.advanceSeconds(10).settleSilently();
            assertThat(skippy.advanceSeconds(10).nextAbsent()).startsWith("NXDOMAIN");
        }
    }

    @Test
    void noDataAfterEndpointsIsHeldAndThenAnEmptySetOfTheSameLine() {
        DnsSource source = sourceBuilder(server)
                .negativeHold(Duration.ofSeconds(6))
                .minTtl(Duration.ofSeconds(4))
                .build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            EndpointSet set = skippy.nextSet();
            server.outage(DnsReply.noData());
            skippy.advanceSeconds(5).settleSilently();
            for (int thirds = 0; thirds < 2; thirds++) {
                skippy.advanceSeconds(2).settleSilently();
            }
            EndpointSet empty = skippy.advanceSeconds(2).nextSet();
            assertThat(empty.isEmpty()).isTrue();
            assertThat(empty.version()).isEqualTo(set.version() + 1);
        }
    }

    @Test
    void endpointsThatComeBackDuringTheHoldWereNeverGone() {
        try (FollowedService skippy = follow()) {
            EndpointSet set = skippy.nextSet();
            server.publish(EMPTY);
            skippy.advanceSeconds(5).settleSilently();
            server.publish(ONE);
            assertThat(skippy.advanceSeconds(5).nextSet()).isSameAs(set);
            server.publish(EMPTY);
            for (int seconds = 0; seconds < 30; seconds += 5) {
                skippy.advanceSeconds(5).settleSilently();
            }
        }
    }

    @Test
    void failuresDuringTheHoldAreNoAnswerThatThereIsNone() {
        DnsSource source = sourceBuilder(server).tries(1).build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            skippy.nextSet();
            server.publish(EMPTY);
            skippy.advanceSeconds(5).settleSilently();
            server.outage(DnsReply.servFail());
            for (int seconds : new int[] {5, 1, 2, 4, 8, 16}) {
                skippy.advanceSeconds(seconds).nextUnavailable();
            }
            server.recover();
            // Three answers it takes, however long ago the first one was.
            skippy.advanceSeconds(30).settleSilently();
            assertThat(skippy.advanceSeconds(5).nextAbsent()).startsWith("NXDOMAIN");
        }
    }

    @Test
    void aServerThatFailsNowAndThenDoesNotProlongTheHold() {
        DnsSource source = sourceBuilder(server).tries(1).build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            skippy.nextSet();
            server.publish(EMPTY);
            skippy.advanceSeconds(5).settleSilently();
            for (int seconds = 0; seconds < 24; seconds += 6) {
                server.outage(DnsReply.servFail());
                skippy.advanceSeconds(5).nextUnavailable();
                server.recover();
                skippy.advanceSeconds(1).settleSilently();
            }
            skippy.advanceSeconds(5).settleSilently();
            assertThat(skippy.advanceSeconds(1).nextAbsent()).startsWith("NXDOMAIN");
        }
    }

    @Test
    void withoutAHoldNegativeAnswersAreBelievedAtOnce() {
        DnsSource source = sourceBuilder(server).negativeHold(Duration.ZERO).build();
        try (FollowedService skippy = new FollowedService(source, "skippy:http")) {
            skippy.nextSet();
            server.publish(EMPTY);
            assertThat(skippy.advanceSeconds(5).nextAbsent()).startsWith("NXDOMAIN");
        }
    }
}
