package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.skippy;
import static io.serviceresolver.k8s.WatchLab.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a list: nothing is found before one is complete, and nothing is lost before the next one is. */
class ListFaultTest {

    private static final String FOUND = "found 127.0.0.2:8080";

    private final WatchLab lab = new WatchLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void saysThatTheServerIsDownAndFindsItWhenItIsUp() {
        lab.server.put(slice("a", "127.0.0.2"));
        lab.server.stop();
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, "ConnectException");
        assertThat(follower.last())
                .isEqualTo("unavailable: list endpointslices.discovery.k8s.io in namespace shield at "
                        + lab.server.uri() + "/: ConnectException");
        lab.nextRequest();
        lab.hear("the next failure");
        lab.server.restart();
        assertThat(lab.nextRequest()).isLessThan(Duration.ofSeconds(2));
        lab.until(follower, FOUND);
        assertThat(follower.all()).hasSize(2);
    }

    @Test
    void saysAfterASecondThatItKnowsNothingAndFindsWhatComesLate() {
        CountDownLatch gate = new CountDownLatch(1);
        lab.server.on(ApiVerb.LIST).next(ApiFault.held(gate));
        lab.server.put(slice("a", "127.0.0.2"));
        Follower follower = lab.follow("skippy");
        lab.advance(Duration.ofMillis(999));
        assertThat(follower.answers).isEmpty();
        lab.advance(Duration.ofMillis(1));
        assertThat(follower.last()).isEqualTo("unavailable: the API server has not answered yet");
        gate.countDown();
        lab.until(follower, FOUND);
    }

    @Test
    void givesUpAListThatTakesTooLong() {
        lab.server.on(ApiVerb.LIST).next(ApiFault.mute());
        lab.server.put(slice("a", "127.0.0.2"));
        Follower follower = lab.follow("skippy");
        lab.server.awaitRequests(ApiVerb.LIST, 1);
        lab.advance(Duration.ofSeconds(30));
        assertThat(follower.last())
                .isEqualTo("unavailable: list endpointslices.discovery.k8s.io in namespace shield:"
                        + " not complete after 30 s");
        lab.nextRequest();
        lab.until(follower, FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"metadata\":{}}",
                "{\"metadata\":null,\"items\":null}",
                "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[",
                "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[{\"metadata\":{}},{]}",
                "\u0000",
            })
    void trustsNoListThatMakesNoSense(String body) {
        lab.server.on(ApiVerb.LIST).next(body.isEmpty() ? ApiFault.disconnect() : ApiFault.text(body));
        lab.server.put(slice("a", "127.0.0.2"));
        Follower follower = lab.follow("skippy");
        lab.until(() -> "an answer", () -> !follower.answers.isEmpty());
        if (follower.last().startsWith("unavailable")) {
            lab.nextRequest();
        }
        lab.until(follower, FOUND);
    }

    @Test
    void asksPageByPageForWhatCouldNotBeReadInOnePiece() {
        lab.server.on(ApiVerb.LIST).next(ApiFault.text("{"));
        lab.server.put(slice("a", "127.0.0.2"));
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, "unavailable");
        lab.nextRequest();
        lab.until(follower, FOUND);
        assertThat(lab.server.requests(ApiVerb.LIST).get(1).query())
                .containsEntry("limit", "500")
                .doesNotContainKey("resourceVersion");
    }

    @Test
    void asksForPagesFromThenOnWhereAListIsTooLargeInOnePiece() {
        lab.server.on(ApiVerb.LIST).next(ApiFault.text("{" + " ".repeat(64 * 1024 * 1024)));
        lab.server.put(slice("a", "127.0.0.2"));
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, "more than 67108864 bytes");
        lab.nextRequest();
        lab.until(follower, FOUND);
        lab.afterRequests("a renewal", () -> lab.requests(ApiVerb.LIST) >= 3);
        for (int i = 1; i < 3; i++) {
            assertThat(lab.server.requests(ApiVerb.LIST).get(i).query())
                    .containsEntry("limit", "500")
                    .doesNotContainKey("resourceVersion");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"metadata\":{\"resourceVersion\":\"1\"}}",
                "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":null}",
                "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[null,7,\"x\",[],{},{\"metadata\":null}]}",
            })
    void takesAListWithoutUsefulItemsForEmpty(String body) {
        lab.server.on(ApiVerb.LIST).next(ApiFault.text(body));
        Follower follower = lab.watch(
                "skippy", "absent: no EndpointSlice with kubernetes.io/service-name=skippy in namespace shield");
        lab.server.put(slice("a", "127.0.0.2"));
        lab.until(follower, FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "30, 30, 30",
        "2147483647, 120, 120",
        "99999999999999, 120, 120",
        "9999999999999999999999, 0, 1",
        "x, 0, 1",
        "-1, 0, 1",
        "'Sat, 21 Nov 2026 00:00:40 GMT', 40, 40",
        "'Sat, 21 Nov 2026 00:20:00 GMT', 120, 120",
        "'Fri, 20 Nov 2026 00:00:00 GMT', 0, 1",
    })
    void leavesTheServerAloneForAsLongAsItAsks(String retryAfter, int least, int most) {
        lab.server
                .on(ApiVerb.LIST)
                .next(ApiFault.status(429)
                        .header("Retry-After", retryAfter)
                        .header("Date", "Sat, 21 Nov 2026 00:00:00 GMT"));
        lab.server.put(slice("a", "127.0.0.2"));
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, ": 429 the test said 429");
        Duration waited = lab.nextRequest();
        assertThat(waited).isBetween(Duration.ofSeconds(least).minusMillis(20), Duration.ofSeconds(most));
        lab.until(follower, FOUND);
    }

    @Test
    void takesATooLargeVersionForAReasonToAskForTheNewest() {
        lab.server.put(slice("a", "127.0.0.2"));
        lab.server.put(slice("b", "127.0.0.3"));
        Follower follower = lab.watch("skippy", "found 127.0.0.2:8080 127.0.0.3:8080");
        // The storage was restored from an older state: versions begin anew.
        lab.heard(lab.server::stop);
        lab.server.clear();
        lab.server.put(slice("a", "127.0.0.2"));
        lab.server.restart();
        lab.nextRequest();
        lab.hear("504");
        lab.nextRequest();
        lab.until(() -> "the newest list", () -> follower.answers.size() == 1 && lab.requests(ApiVerb.WATCH) == 3);
        lab.advance(Duration.ofSeconds(1));
        assertThat(follower.all()).containsExactly("found 127.0.0.2:8080 127.0.0.3:8080", FOUND);
    }

    @Test
    void believesAnEmptyListWhenASecondOneSaysSoToo() {
        lab.server.put(slice("a", "127.0.0.2"));
        Follower follower = lab.watch("skippy", FOUND);
        lab.heard(lab.server::stop);
        lab.server.clear();
        lab.server.compact();
        lab.server.restart();
        lab.nextRequest();
        lab.hear("504 or 410");
        lab.nextRequest();
        lab.hear("an empty list");
        assertThat(follower.all()).containsExactly(FOUND);
        assertThat(lab.nextRequest()).isBetween(Duration.ofMillis(980), Duration.ofMillis(1020));
        lab.until(() -> "the second list", () -> lab.requests(ApiVerb.WATCH) == 3);
        lab.advance(Duration.ofSeconds(1));
        assertThat(follower.all())
                .containsExactly(
                        FOUND, "absent: no EndpointSlice with kubernetes.io/service-name=skippy in namespace shield");
        assertThat(lab.requests(ApiVerb.LIST)).isEqualTo(3);
    }

    @Test
    void doesNotBelieveAnEmptyListThatASecondOneContradicts() {
        lab.server.put(slice("a", "127.0.0.2"));
        Follower follower = lab.watch("skippy", FOUND);
        lab.server.on(ApiVerb.LIST).next(ApiFault.text("{\"metadata\":{\"resourceVersion\":\"2\"},\"items\":[]}"));
        lab.heard(() -> lab.server.sendError(410));
        lab.nextRequest();
        lab.hear("the empty list");
        lab.nextRequest();
        lab.until(() -> "the second list", () -> lab.requests(ApiVerb.WATCH) == 2);
        lab.advance(Duration.ofSeconds(3));
        assertThat(follower.all()).containsExactly(FOUND);
    }

    @Test
    void readsAllPagesBeforeItSaysAnything() {
        lab.server.pageSize(2);
        for (int i = 2; i <= 6; i++) {
            lab.server.put(slice("s" + i, "127.0.0." + i));
        }
        Follower follower = lab.follow(
                "skippy", "found 127.0.0.2:8080 127.0.0.3:8080 127.0.0.4:8080 127.0.0.5:8080 127.0.0.6:8080");
        assertThat(follower.answers).hasSize(1);
        assertThat(lab.requests(ApiVerb.LIST)).isEqualTo(3);
    }

    @Test
    void beginsAListAnewWhenItsNextPageHasExpired() {
        lab.server.pageSize(1);
        CountDownLatch gate = new CountDownLatch(1);
        lab.server.put(slice("a", "127.0.0.2"));
        lab.server.put(slice("b", "127.0.0.3"));
        lab.server.on(ApiVerb.LIST).next(ApiFault.held(new CountDownLatch(0)), ApiFault.held(gate));
        Follower follower = lab.follow("skippy");
        lab.hear("the first page");
        lab.server.awaitRequests(ApiVerb.LIST, 2);
        lab.server.put(skippy("b").pod("127.0.0.4", "pod-4").json());
        lab.server.compact();
        gate.countDown();
        lab.untilSaid(follower, ": 410 ");
        lab.nextRequest();
        lab.until(follower, "found 127.0.0.2:8080 127.0.0.4:8080");
        assertThat(follower.all()).hasSize(2);
    }

    @Test
    void spreadsAFleetAfterAnOutage() {
        lab.server.on(ApiVerb.LIST).always(ApiFault.status(503));
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, ": 503 ");
        Duration total = Duration.ZERO;
        for (int i = 0; i < 60; i++) {
            Duration waited = lab.nextRequest();
            assertThat(waited).isLessThan(Duration.ofSeconds(31));
            total = total.plus(waited);
            lab.hear("503");
        }
        // Uniform between 0 and 30 s once it has grown: 15 s in the mean.
        assertThat(total.dividedBy(60)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(18));
        assertThat(follower.answers).hasSize(1);
    }
}
