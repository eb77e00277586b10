package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a watch: whatever it is, the set that was known stays until a complete new one is there. */
class WatchFaultTest {

    private static final String BEFORE = "found 127.0.0.2:8080";
    private static final String AFTER = "found 127.0.0.2:8080 127.0.0.3:8080";

    private final WatchLab lab = new WatchLab();
    private Follower follower = new Follower();

    @BeforeEach
    void follow() {
        lab.server.put(slice("a", "127.0.0.2"));
        follower = lab.watch("skippy", BEFORE);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    /** Something new happens, and the source comes to know it: nothing else was said in between. */
    private void recovers() {
        lab.server.put(slice("b", "127.0.0.3"));
        lab.until(follower, AFTER);
        assertThat(follower.all()).containsExactly(BEFORE, AFTER);
    }

    @Test
    void goesOnFromItsVersionAfterAReset() {
        lab.heard(lab.server::resetWatches);
        lab.server.awaitWatches(0);
        lab.server.put(slice("b", "127.0.0.3"));
        assertThat(lab.nextRequest()).isLessThan(Duration.ofMillis(1040));
        lab.until(follower, AFTER);
        assertThat(follower.all()).containsExactly(BEFORE, AFTER);
        assertThat(lab.requests(ApiVerb.LIST)).isOne();
        assertThat(lab.server.requests(ApiVerb.WATCH).get(1).parameter("resourceVersion"))
                .isEqualTo("2");
    }

    @Test
    void goesOnFromItsVersionAfterTheServerEndedIt() {
        lab.advance(Duration.ofSeconds(3));
        lab.heard(lab.server::endWatches);
        lab.nextRequest();
        recovers();
        assertThat(lab.requests(ApiVerb.LIST)).isOne();
    }

    @Test
    void neitherListsNorStormsWhenItIsResetAgainAndAgain() {
        Duration waited = Duration.ZERO;
        for (int i = 1; i <= 30; i++) {
            lab.heard(lab.server::resetWatches);
            lab.server.awaitWatches(0);
            waited = waited.plus(lab.nextWatch());
        }
        recoversAfterwards();
        assertThat(lab.requests(ApiVerb.LIST)).isOne();
        // Full jitter up to 30 s: 30 attempts in a few seconds would be a storm.
        assertThat(waited).isGreaterThan(Duration.ofMinutes(2));
    }

    @Test
    void listsOnceAfter410InTheStream() {
        lab.heard(() -> lab.server.sendError(410));
        lab.nextRequest();
        recovers();
        assertThat(lab.requests(ApiVerb.LIST)).isEqualTo(2);
        assertThat(lab.server.requests(ApiVerb.LIST).get(1).query())
                .containsEntry("limit", "500")
                .doesNotContainKey("resourceVersion");
    }

    @Test
    void listsOnceWhenItsVersionIsForgottenMeanwhile() {
        lab.heard(lab.server::resetWatches);
        lab.server.put(slice("b", "127.0.0.3"));
        lab.server.compact();
        lab.nextRequest();
        lab.hear("the watch to open");
        lab.hear("410");
        lab.nextRequest();
        lab.until(follower, AFTER);
        assertThat(follower.all()).containsExactly(BEFORE, AFTER);
        assertThat(lab.requests(ApiVerb.LIST)).isEqualTo(2);
    }

    @Test
    void listsOnceAfter410AsHttpStatus() {
        lab.server.on(ApiVerb.WATCH).next(ApiFault.status(410));
        lab.heard(lab.server::resetWatches);
        lab.nextRequest();
        lab.hear("the status");
        lab.nextRequest();
        recovers();
        assertThat(lab.requests(ApiVerb.LIST)).isEqualTo(2);
    }

    /** The fault may be the version's: an overloaded server is asked for a list once in a while, no more. */
    @Test
    void listsWhereTheServerFailsAtItsVersionAgainAndAgain() {
        lab.server.on(ApiVerb.WATCH).always(ApiFault.status(500));
        lab.heard(lab.server::resetWatches);
        for (int failed = 0; failed <= 5; failed++) {
            lab.nextRequest();
            lab.hear("the status");
        }
        assertThat(lab.requests(ApiVerb.LIST)).isOne();
        lab.server.heal();
        lab.nextRequest();
        recoversAfterwards();
        assertThat(lab.requests(ApiVerb.LIST)).isEqualTo(2);
    }

    @Test
    void takesAnEndAtOnceWithoutAWordFor410() {
        lab.heard(lab.server::resetWatches);
        lab.nextWatch();
        lab.heard(lab.server::endWatches);
        lab.nextRequest();
        recovers();
        assertThat(lab.requests(ApiVerb.LIST)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"ADDED\",\"object\":{not json\n",
                "{\"type\":\"ADDED\",\"obj\n",
                "\u0000\n",
                "\uD800\n",
                "null\n",
                "[]\n",
                "{}\n",
                "{\"type\":\"FOO\",\"object\":{}}\n",
                "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\"}}\n",
                "{\"type\":\"ERROR\",\"object\":null}\n",
                "{\"type\":\"ERROR\"}\n",
            })
    void recoversFromFramesThatMakeNoSense(String frame) {
        lab.heard(() -> lab.server.send(frame));
        lab.server.awaitWatches(0);
        assertThat(lab.nextRequest()).isLessThan(Duration.ofSeconds(2));
        recovers();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"ADDED\",\"object\":null}\n",
                "{\"type\":\"ADDED\"}\n",
                "{\"type\":\"DELETED\",\"object\":{\"metadata\":null}}\n",
                "{\"type\":\"DELETED\",\"object\":{\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}}}\n",
                "{\"type\":\"DELETED\",\"object\":{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\",\"namespace\":\"shield\"}}}\n",
                "{\"type\":\"BOOKMARK\",\"object\":null}\n",
                "\n\n\n",
            })
    void skipsFramesThatAreNoneOfItsBusiness(String frame) {
        lab.server.send(frame);
        recovers();
        assertThat(lab.source.apiRequests()).isEqualTo(2);
    }

    @Test
    void survivesJsonBombs() {
        lab.heard(() ->
                lab.server.send("{\"type\":\"ADDED\",\"object\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n"));
        lab.server.awaitWatches(0);
        lab.nextRequest();
        recovers();
    }

    @Test
    void givesUpAFrameThatIsTooLong() {
        // Sent in parts, of which the last ones are no longer read.
        String part = "x".repeat(1024 * 1024);
        lab.heard(() -> List.of(1, 2, 3, 4, 5).forEach(i -> lab.server.send(part)));
        lab.server.awaitWatches(0);
        lab.nextRequest();
        recovers();
    }

    @Test
    void takesAFrameInPiecesAndSeveralAtOnce() {
        String frame = "{\"type\":\"ADDED\",\"object\":" + slice("b", "127.0.0.3") + "}\n";
        lab.server.send(frame.substring(0, 30));
        lab.server.send(frame.substring(30) + frame);
        lab.until(follower, AFTER);
        assertThat(lab.source.apiRequests()).isEqualTo(2);
    }

    @Test
    void forgetsATruncatedFrameAndHearsItAgain() {
        lab.server.send("{\"type\":\"ADD");
        lab.heard(lab.server::endWatches);
        lab.nextRequest();
        recovers();
    }

    @Test
    void endsWhereItsServerEndsThoughEventsComeTwiceAndOutOfOrder() {
        String old = "{\"type\":\"MODIFIED\",\"object\":" + slice("a", "127.0.0.9") + "}\n";
        lab.server.send(old + old);
        lab.server.send("{\"type\":\"DELETED\",\"object\":" + slice("never") + "}\n");
        lab.server.put(slice("b", "127.0.0.3"));
        lab.server.put(slice("a", "127.0.0.2"));
        lab.until(follower, "found 127.0.0.2:8080 127.0.0.3:8080 127.0.0.9:8080");
        lab.advance(Duration.ofSeconds(1));
        assertThat(follower.last()).isEqualTo(AFTER);
    }

    @Test
    void keepsTheSetAsUnavailableAfterAGraceAndFindsItAgain() {
        lab.heard(lab.server::stop);
        Duration down = Duration.ZERO;
        while (follower.answers.size() == 1) {
            down = down.plus(lab.nextRequest());
            lab.hear("the failure to connect");
        }
        assertThat(down).isGreaterThan(Duration.ofMillis(4980));
        assertThat(follower.last())
                .startsWith("unavailable: watch endpointslices.discovery.k8s.io in namespace shield at http:");
        for (int i = 0; i < 20; i++) {
            assertThat(lab.nextRequest()).isLessThanOrEqualTo(Duration.ofSeconds(31));
            lab.hear("the failure to connect");
        }
        lab.server.restart();
        lab.nextRequest();
        lab.until(follower, BEFORE);
        assertThat(lab.requests(ApiVerb.LIST)).isOne();
        recoversAfterwards();
    }

    private void recoversAfterwards() {
        lab.server.put(slice("b", "127.0.0.3"));
        lab.until(follower, AFTER);
    }
}
