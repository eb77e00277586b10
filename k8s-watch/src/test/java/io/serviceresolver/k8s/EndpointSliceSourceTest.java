package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.skippy;
import static io.serviceresolver.k8s.WatchLab.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.source.EndpointLimit;
import io.serviceresolver.testkit.ApiVerb;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointSliceSourceTest {

    private final WatchLab lab = new WatchLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void findsWhatIsThereAndFollowsWhatHappens() {
        lab.server.put(slice("a", "127.0.0.2"));
        Follower follower = lab.follow("skippy", "found 127.0.0.2:8080");
        lab.server.put(slice("b", "127.0.0.3"));
        lab.until(follower, "found 127.0.0.2:8080 127.0.0.3:8080");
        lab.server.put(slice("a", "127.0.0.4"));
        lab.until(follower, "found 127.0.0.4:8080 127.0.0.3:8080 127.0.0.2:8080");
        lab.advance(Duration.ofSeconds(1));
        assertThat(follower.last()).isEqualTo("found 127.0.0.4:8080 127.0.0.3:8080");
        assertThat(follower.set().version()).isEqualTo(4);
        lab.heard(() -> lab.server.delete(slice("a")));
        lab.advance(Duration.ofSeconds(1));
        assertThat(follower.last()).isEqualTo("found 127.0.0.3:8080");
        assertThat(lab.source.apiRequests()).isEqualTo(2);
    }

    @Test
    void asksForOneServiceOnlyAndForBookmarks() {
        lab.server.put(slice("a", "127.0.0.2"));
        lab.watch("skippy", "found 127.0.0.2:8080");
        String path = "/apis/discovery.k8s.io/v1/namespaces/shield/endpointslices"
                + "?labelSelector=kubernetes.io%2Fservice-name%3Dskippy";
        assertThat(lab.server.requests(ApiVerb.LIST).get(0).target()).isEqualTo(path + "&resourceVersion=0");
        assertThat(lab.server.requests(ApiVerb.WATCH).get(0).target())
                .startsWith(path + "&watch=true&allowWatchBookmarks=true&resourceVersion=2&timeoutSeconds=");
    }

    @Test
    void tellsAllThatTheSliceTells() {
        lab.server.put(skippy("a")
                .endpoint("127.0.0.2", endpoint -> {
                    endpoint.put("hostname", "skippy-0")
                            .put("nodeName", "node-1")
                            .put("zone", "zone-a");
                    endpoint.putObject("targetRef")
                            .put("kind", "Pod")
                            .put("name", "skippy-0")
                            .put("uid", "u-0");
                    endpoint.putObject("conditions").put("ready", false).put("terminating", true);
                })
                .edit(json -> json.withArrayProperty("ports").removeAll())
                .port(port -> port.put("name", "http").put("port", 8080).put("appProtocol", "kubernetes.io/h2c"))
                .json());
        Endpoint endpoint =
                lab.follow("skippy", "found 127.0.0.2:8080").set().endpoints().get(0);
        assertThat(endpoint)
                .isEqualTo(Endpoint.builder("127.0.0.2", 8080)
                        .uid("u-0")
                        .podName("skippy-0")
                        .hostname("skippy-0")
                        .nodeName("node-1")
                        .zone("zone-a")
                        .appProtocol("kubernetes.io/h2c")
                        .conditions(new Conditions(false, true, true))
                        .labels(Map.of("topology.kubernetes.io/zone", "zone-a", "kubernetes.io/hostname", "node-1"))
                        .build());
    }

    @Test
    void saysAbsentWithoutSlicesAndEmptyWithASliceWithoutEndpoints() {
        Follower follower = lab.follow(
                "skippy", "absent: no EndpointSlice with kubernetes.io/service-name=skippy in namespace shield");
        lab.server.put(slice("a"));
        lab.until(follower, "found");
        assertThat(follower.set().isEmpty()).isTrue();
        lab.server.put(slice("a", "127.0.0.2"));
        lab.until(follower, "found 127.0.0.2:8080");
    }

    @Test
    void sharesOneWatchAmongThePortsOfAService() {
        lab.server.put(
                skippy("a").port("metrics", 9090).pod("127.0.0.2", "skippy-1").json());
        Follower http = lab.watch("skippy:http", "found 127.0.0.2:8080");
        Follower metrics = lab.follow("skippy:metrics", "found 127.0.0.2:9090");
        assertThat(lab.source.apiRequests()).isEqualTo(2);
        lab.subscriptions.get(0).close();
        lab.server.put(
                skippy("a").port("metrics", 9091).pod("127.0.0.2", "skippy-1").json());
        lab.until(metrics, "found 127.0.0.2:9091");
        assertThat(http.answers).hasSize(1);
        lab.subscriptions.get(1).close();
        lab.time.runDue();
        lab.server.awaitWatches(0);
        assertThat(lab.time.pending()).isZero();
    }

    @Test
    void keepsEndpointsOfServicesApart() {
        lab.server.put(slice("a", "127.0.0.2"));
        lab.server.put(skippy("b").service("other").pod("127.0.0.3", "other-1").json());
        lab.follow("skippy", "found 127.0.0.2:8080");
        lab.follow("other", "found 127.0.0.3:8080");
        lab.follow(
                "skippy.elsewhere.svc",
                "absent: no EndpointSlice with kubernetes.io/service-name=skippy in namespace elsewhere");
    }

    @Test
    void asksNobodyOnceItIsClosed() {
        lab.server.put(slice("a", "127.0.0.2"));
        Follower follower = lab.watch("skippy", "found 127.0.0.2:8080");
        lab.source.close();
        lab.source.close();
        lab.server.awaitWatches(0);
        lab.advance(Duration.ofHours(1));
        assertThat(lab.source.apiRequests()).isEqualTo(2);
        assertThat(follower.answers).hasSize(1);
        assertThatThrownBy(() -> lab.follow("skippy")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void usesAPartOfASetThatIsTooLargeAndFollowsIt() {
        try (CapturedLog log = CapturedLog.of(EndpointLimit.class);
                WatchLab small = new WatchLab(
                        lab.server,
                        new WatchOptions(Duration.ofSeconds(75), Duration.ZERO, 2, 8, WatchLab.SLICES.access()))) {
            small.server.put(slice("a", "127.0.0.2", "127.0.0.3"));
            Follower follower = small.follow("skippy", "found 127.0.0.2:8080 127.0.0.3:8080");
            small.server.put(slice("b", "127.0.0.4", "127.0.0.5"));
            small.until(() -> "the larger set", () -> log.warnings().size() == 1);
            assertThat(log.warnings())
                    .containsExactly(
                            "skippy.shield: 4 endpoints, of which 2 are used (expected: no more, or a higher limit)");
            assertThat(follower.set().size()).isEqualTo(2);
            small.server.put(slice("a", "127.0.0.6"));
            small.server.put(slice("b", "127.0.0.7"));
            small.until(() -> "those that came later", () -> {
                small.advance(Duration.ofSeconds(1));
                return follower.last().equals("found 127.0.0.6:8080 127.0.0.7:8080");
            });
        }
    }
}
