package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.skippy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.source.KnownEndpoint;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiRequest;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.SliceJson;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a source tells of how it knows, and what it finds when it is asked anew. */
class ExplainTest {

    private final WatchLab lab = new WatchLab();

    @AfterEach
    void close() {
        lab.close();
    }

    private List<String> explained() {
        return lab.newest().explain().stream().map(ExplainTest::brief).toList();
    }

    private static String brief(KnownEndpoint known) {
        return known.endpoint() + ", " + known.object() + " " + known.resourceVersion()
                + known.leftOut().map(reason -> ": " + reason).orElse("");
    }

    @Test
    void namesTheObjectAndItsVersionOfEachEndpoint() {
        lab.server.put(skippy("a").pod("127.0.0.2", "p2").pod("127.0.0.3", "p3").json());
        lab.watch("skippy", "found 127.0.0.2:8080 127.0.0.3:8080");
        assertThat(explained())
                .containsExactly(
                        "127.0.0.2:8080 (p2), EndpointSlice shield/a 2",
                        "127.0.0.3:8080 (p3), EndpointSlice shield/a 2");
    }

    @Test
    void tellsHowLongAgoAVersionWasLearntAlsoWhenItIsListedAgain() {
        lab.server.put(skippy("a").pod("127.0.0.2", "p2").json());
        lab.watch("skippy", "found 127.0.0.2:8080");
        lab.server.muteWatches();
        Duration before = lab.newest().explain().get(0).age();
        Duration waited = lab.nextRequest();
        lab.hear("the list");
        assertThat(lab.newest().explain().get(0).age()).isEqualTo(before.plus(waited));
    }

    @Test
    void saysWhyAnEndpointIsLeftOut() {
        lab.server.put(skippy("a").pod("127.0.0.2", "old", false, true, true).json());
        lab.server.put(
                skippy("b").pod("127.0.0.2", "new").pod("127.0.0.3", "dual").json());
        lab.server.put(skippy("c").type("IPv6").pod("fd00::3", "dual").json());
        lab.server.put(SliceJson.slice("d")
                .namespace("shield")
                .service("skippy")
                .port("other", 9000)
                .pod("127.0.0.4", "p4")
                .json());
        lab.follow("skippy:http", "found 127.0.0.2:8080 127.0.0.3:8080");
        assertThat(explained())
                .containsExactly(
                        "127.0.0.2:8080 (old), EndpointSlice shield/a 2: duplicate of 127.0.0.2:8080 (new) in"
                                + " EndpointSlice shield/b",
                        "127.0.0.2:8080 (new), EndpointSlice shield/b 3",
                        "127.0.0.3:8080 (dual), EndpointSlice shield/b 3",
                        "[fd00::3]:8080 (dual), EndpointSlice shield/c 4: its Pod is called by its address of the other"
                                + " family: 127.0.0.3",
                        "127.0.0.4:9000 (p4), EndpointSlice shield/d 5: no such port in its slice: other 9000");
    }

    @Test
    void saysOfAllWhyNoPortIsMeant() {
        lab.server.put(skippy("a").port("admin", 9000).pod("127.0.0.2", "p2").json());
        lab.follow("skippy", "refused: ports: http 8080, admin 9000 (expected: one named, as in skippy:http)");
        assertThat(explained())
                .containsExactly(
                        "127.0.0.2:8080 (p2), EndpointSlice shield/a 2: ports: http 8080, admin 9000 (expected:"
                                + " one named, as in skippy:http)");
    }

    @Test
    void saysOfAnEndpointThatItIsKeptThoughItsSliceHasItNoMore() {
        lab.server.put(skippy("a").pod("127.0.0.2", "p2").pod("127.0.0.3", "p3").json());
        lab.watch("skippy", "found 127.0.0.2:8080 127.0.0.3:8080");
        lab.heard(() -> lab.server.put(skippy("a").pod("127.0.0.2", "p2").json()));
        assertThat(explained())
                .containsExactly(
                        "127.0.0.2:8080 (p2), EndpointSlice shield/a 3",
                        "127.0.0.3:8080 (p3), EndpointSlice shield/a (which has it no more) 2");
    }

    @Test
    void explainsPods() {
        lab.server.put(PodJson.pod("one", "127.0.0.2").label("app", "x").json());
        lab.server.put(PodJson.pod("two", "127.0.0.2").label("app", "x").json());
        Follower follower = lab.select("app=x", ServicePort.number(8080));
        lab.until(follower, "found 127.0.0.2:8080");
        assertThat(explained())
                .containsExactly(
                        "127.0.0.2:8080 (one), Pod shield/one 2",
                        "127.0.0.2:8080 (two), Pod shield/two 3: duplicate of 127.0.0.2:8080 (one)");
        lab.until(
                lab.select("app=x", ServicePort.named("web")),
                "refused: port: web (expected: a number: no container" + " names a port)");
        assertThat(explained())
                .containsExactly(
                        "127.0.0.2:1 (one), Pod shield/one 2: no container port of the name web: none",
                        "127.0.0.2:1 (two), Pod shield/two 3: no container port of the name web: none");
    }

    private EndpointSet fetched() throws Exception {
        CompletableFuture<EndpointSet> fetched = lab.newest().fetch();
        lab.until(() -> "an answer", fetched::isDone);
        return fetched.get();
    }

    @Test
    void fetchesTheNewestSetWithoutAWordToTheWatch() throws Exception {
        lab.server.put(skippy("a").pod("127.0.0.2", "p2").json());
        Follower follower = lab.watch("skippy", "found 127.0.0.2:8080");
        lab.server.muteWatches();
        lab.server.put(skippy("b").pod("127.0.0.3", "p3").json());
        assertThat(fetched().endpoints())
                .extracting(Object::toString)
                .containsExactly("127.0.0.2:8080 (p2)", "127.0.0.3:8080 (p3)");
        assertThat(follower.all()).containsExactly("found 127.0.0.2:8080");
        List<ApiRequest> lists = lab.server.requests(ApiVerb.LIST);
        assertThat(lists.get(lists.size() - 1).parameter("resourceVersion")).isEmpty();
        assertThat(lab.source.requests()).isEqualTo(3);
    }

    @Test
    void fetchesPods() throws Exception {
        lab.server.put(PodJson.pod("one", "127.0.0.2").label("app", "x").json());
        Follower follower = lab.select("app=x", ServicePort.number(8080));
        lab.until(follower, "found 127.0.0.2:8080");
        assertThat(fetched().endpoints()).isEqualTo(follower.set().endpoints());
    }

    @Test
    void failsAFetchWithTheReason() {
        lab.server.put(skippy("a").port("admin", 9000).pod("127.0.0.2", "p2").json());
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, "refused");
        assertThatThrownBy(this::fetched)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("(expected: one named, as in skippy:http)");
        lab.server.on(ApiVerb.LIST).next(ApiFault.status(403).message("no"));
        assertThatThrownBy(this::fetched).hasMessageContaining("resources: [endpointslices], verbs: [list, watch]}");
    }

    @Test
    void endsAFetchWithItsSubscription() {
        lab.server.put(skippy("a").pod("127.0.0.2", "p2").json());
        lab.watch("skippy", "found 127.0.0.2:8080");
        lab.server.on(ApiVerb.LIST).always(ApiFault.mute());
        CompletableFuture<EndpointSet> fetched = lab.newest().fetch();
        lab.time.runDue();
        lab.newest().close();
        lab.time.runDue();
        assertThat(fetched).isCompletedExceptionally();
        assertThatThrownBy(fetched::join).isInstanceOf(CancellationException.class);
        assertThat(lab.time.pending()).isZero();
        CompletableFuture<EndpointSet> late = lab.newest().fetch();
        lab.time.runDue();
        assertThat(late).isCompletedExceptionally();
        assertThat(lab.newest().explain()).isEmpty();
    }
}
