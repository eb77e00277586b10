package io.serviceresolver.dns;

import static io.serviceresolver.dns.FollowedService.sourceBuilder;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.testkit.DnsReply;
import io.serviceresolver.testkit.DnsServer;
import io.serviceresolver.testkit.DnsService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aliases (CNAME), which must not lead out of the cluster domain. */
class DnsAliasesTest {

    private static final String NAME = "skippy.shield.svc.cluster.local.";

    private final DnsServer server = DnsServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private FollowedService follow(String name) {
        return new FollowedService(sourceBuilder(server).tries(1).build(), name);
    }

    /** A chain of so many aliases from the Service to a name with an address. */
    private static DnsReply chain(int length) {
        List<String> lines = new ArrayList<>();
        String from = NAME;
        for (int i = 1; i <= length; i++) {
            String to = "alias-" + i + ".shield.svc.cluster.local.";
            lines.add(from + " 60 IN CNAME " + to);
            from = to;
        }
        lines.add(from + " 60 IN A 10.0.0.1");
        return DnsReply.records(lines, List.of());
    }

    private void onlyQueriesOfTheDomain() {
        assertThat(server.queries()).allMatch(query -> query.name().endsWith(".svc.cluster.local."));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aShortChainInsideTheAnswerIsFollowed(int length) {
        server.on(NAME, "A", chain(length)).on(NAME, "AAAA", DnsReply.noData());
        try (FollowedService skippy = follow("skippy:80")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
            onlyQueriesOfTheDomain();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 16})
    void aLongChainIsRefused(int length) {
        server.on(NAME, "A", chain(length)).on(NAME, "AAAA", DnsReply.noData());
        try (FollowedService skippy = follow("skippy:80")) {
            assertThat(skippy.nextUnavailable()).isEqualTo(NAME + " is a chain of more than 4 aliases: not followed");
        }
    }

    @Test
    void aLoopIsRefused() {
        String other = "other.shield.svc.cluster.local.";
        DnsReply loop = DnsReply.records(NAME + " 5 IN CNAME " + other, other + " 5 IN CNAME " + NAME);
        server.on(NAME, "A", loop).on(NAME, "AAAA", loop);
        try (FollowedService skippy = follow("skippy:80")) {
            assertThat(skippy.nextUnavailable()).contains("more than 4 aliases");
        }
    }

    @Test
    void anAliasWhoseAddressIsNotInTheAnswerHasNone() {
        DnsReply alias = DnsReply.records(NAME + " 5 IN CNAME other.shield.svc.cluster.local.");
        server.on(NAME, "A", alias).on(NAME, "AAAA", alias);
        try (FollowedService skippy = follow("skippy:80")) {
            assertThat(skippy.nextSet().isEmpty()).isTrue();
            assertThat(server.queries("other.shield.svc.cluster.local.", "A")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"skippy:80", "skippy"})
    void anExternalNameIsRefusedWithTheReason(String name) {
        server.publish(DnsService.externalName("skippy", "shield", "metadata.google.internal"));
        try (FollowedService skippy = follow(name)) {
            assertThat(skippy.nextUnavailable())
                    .contains("metadata.google.internal.")
                    .contains("outside the cluster domain cluster.local.")
                    .contains("ExternalName");
            onlyQueriesOfTheDomain();
        }
    }

    @Test
    void anExternalNameAsSrvTargetIsRefusedWithTheReason() {
        server.on(NAME, "SRV", DnsReply.records(NAME + " 5 IN SRV 0 100 0 api.example.com."));
        try (FollowedService skippy = follow("skippy")) {
            assertThat(skippy.nextUnavailable())
                    .contains("leads to api.example.com., which is outside the cluster domain");
            onlyQueriesOfTheDomain();
        }
    }

    @Test
    void aNameOutsideThatOnlyEndsLikeTheDomainIsOutside() {
        server.on(
                        NAME,
                        "A",
                        DnsReply.records(NAME + " 5 IN CNAME evilcluster.local.", "evilcluster.local. 5 IN A 10.6.6.6"))
                .on(NAME, "AAAA", DnsReply.noData());
        try (FollowedService skippy = follow("skippy:80")) {
            assertThat(skippy.nextUnavailable()).contains("evilcluster.local., which is outside");
        }
    }

    @Test
    void addressesOfOtherNamesInTheAnswerAreNotLookedAt() {
        server.on(NAME, "A", DnsReply.records(NAME + " 5 IN A 10.0.0.1", "other.cluster.local. 5 IN A 10.6.6.6"));
        try (FollowedService skippy = follow("skippy:80")) {
            assertThat(skippy.nextEndpoints()).containsExactly("10.0.0.1:80");
        }
    }

    @Test
    void textOfOthersIsCutAndEscapedInReasons() {
        String label = "\\013\\010" + "x".repeat(60);
        String target = label + "." + label + "." + label + ".example.com.";
        server.on(NAME, "A", DnsReply.records(NAME + " 5 IN CNAME " + target)).on(NAME, "AAAA", DnsReply.noData());
        try (FollowedService skippy = follow("skippy:80")) {
            assertThat(skippy.nextUnavailable())
                    .hasSizeLessThan(240)
                    .matches("[ -~]*")
                    .contains("alias of \\013\\010xxx");
        }
    }
}
