package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.skippy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Endpoints object, where EndpointSlices cannot be had. */
class EndpointsFallbackTest {

    private static final String BOTH = "found 127.0.0.2:8080 127.0.0.3:8080";

    private final WatchLab lab = new WatchLab();

    @AfterEach
    void close() {
        lab.close();
    }

    private void forbid(String resource) {
        lab.server.on(ApiVerb.LIST, resource).always(ApiFault.status(403).message(resource + " is forbidden"));
        lab.server.on(ApiVerb.WATCH, resource).always(ApiFault.status(403).message(resource + " is forbidden"));
    }

    /** The Endpoints object of skippy with the unnamed port 8080: these addresses are ready. */
    private static ObjectNode endpoints(String... ready) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Endpoints");
        json.putObject("metadata").put("name", "skippy").put("namespace", "shield");
        ObjectNode subset = json.putArray("subsets").addObject();
        for (String ip : ready) {
            pod(subset, "addresses", ip);
        }
        subset.putArray("ports").addObject().put("port", 8080).put("protocol", "TCP");
        return json;
    }

    private static void pod(ObjectNode subset, String list, String ip) {
        ObjectNode address = subset.withArrayProperty(list).addObject();
        address.put("ip", ip).put("nodeName", "node-1").put("hostname", "host-" + ip);
        address.putObject("targetRef")
                .put("kind", "Pod")
                .put("name", "pod-" + ip)
                .put("uid", "uid-of-pod-" + ip);
    }

    @Test
    void saysAllThatTheEndpointsObjectSays() {
        forbid("endpointslices");
        ObjectNode json = endpoints("127.0.0.2");
        ObjectNode subset = (ObjectNode) json.path("subsets").path(0);
        pod(subset, "notReadyAddresses", "127.0.0.3");
        pod(subset, "addresses", "fd00::4");
        lab.server.put(json);
        Follower follower = lab.follow("skippy", BOTH + " [fd00::4]:8080");
        assertThat(follower.set().endpoints().get(0))
                .isEqualTo(Endpoint.builder("127.0.0.2", 8080)
                        .uid("uid-of-pod-127.0.0.2")
                        .podName("pod-127.0.0.2")
                        .hostname("host-127.0.0.2")
                        .nodeName("node-1")
                        .labels(Map.of("kubernetes.io/hostname", "node-1"))
                        .build());
        assertThat(follower.set().endpoints().get(1).conditions()).isEqualTo(Conditions.NOT_READY);
        assertThat(lab.server.requests(ApiVerb.LIST).get(1).target())
                .isEqualTo(
                        "/api/v1/namespaces/shield/endpoints?fieldSelector=metadata.name%3Dskippy&resourceVersion=0");
    }

    @Test
    void followsTheObjectAndKeepsNobodyWhoIsNoLongerInIt() {
        lab.server.unserve("discovery.k8s.io/v1");
        lab.server.put(endpoints("127.0.0.2", "127.0.0.3"));
        Follower follower = lab.follow("skippy", BOTH);
        lab.server.awaitWatches(1);
        lab.server.put(endpoints("127.0.0.3", "127.0.0.4"));
        lab.until(follower, "found 127.0.0.3:8080 127.0.0.4:8080");
        lab.server.delete(endpoints());
        lab.until(() -> "the deletion", () -> !follower.last().contains("127.0.0"));
    }

    @Test
    void picksThePortByItsName() {
        forbid("endpointslices");
        ObjectNode json = endpoints("127.0.0.2");
        ObjectNode subset = (ObjectNode) json.path("subsets").path(0);
        subset.putArray("ports").addObject().put("name", "http").put("port", 8080);
        subset.withArrayProperty("ports")
                .addObject()
                .put("name", "dns")
                .put("port", 53)
                .put("protocol", "UDP");
        subset.withArrayProperty("ports").addObject().put("name", "admin").put("port", 9090);
        lab.server.put(json);
        lab.follow("skippy:admin", "found 127.0.0.2:9090");
    }

    @Test
    void givesWayToSlicesAsSoonAsTheyCanBeRead() {
        forbid("endpointslices");
        lab.server.put(endpoints("127.0.0.2"));
        Follower follower = lab.follow("skippy", "found 127.0.0.2:8080");
        lab.server.put(endpoints("127.0.0.2", "127.0.0.5"));
        lab.until(follower, "found 127.0.0.2:8080 127.0.0.5:8080");
        lab.server.put(endpoints("127.0.0.2"));
        lab.until(follower, "found 127.0.0.2:8080");
        lab.server.put(skippy("a")
                .pod("127.0.0.2", "pod-127.0.0.2")
                .pod("127.0.0.3", "pod-127.0.0.3")
                .json());
        lab.server.heal();
        lab.afterRequests("the slices", () -> follower.last().equals(BOTH));
        assertThat(follower.all()).hasSize(4).allMatch(answer -> answer.startsWith("found "));
        lab.server.put(endpoints("127.0.0.9"));
        lab.server.put(skippy("b").pod("127.0.0.4", "pod-127.0.0.4").json());
        lab.until(follower, BOTH + " 127.0.0.4:8080");
        // That on the Endpoints object is over.
        lab.server.awaitWatches(1);
    }

    @Test
    void takesOverWithoutAGapWhenTheRightToSlicesIsTakenAway() {
        lab.server.put(skippy("a").pod("127.0.0.2", "pod-127.0.0.2").json());
        lab.server.put(endpoints("127.0.0.2", "127.0.0.3"));
        Follower follower = lab.watch("skippy", "found 127.0.0.2:8080");
        forbid("endpointslices");
        lab.heard(lab.server::resetWatches);
        lab.nextRequest();
        lab.hear("403 for the watch");
        // A list tells whether that is all that is forbidden.
        lab.nextRequest();
        lab.until(follower, BOTH);
        lab.server.awaitWatches(1);
        lab.server.put(endpoints("127.0.0.2"));
        lab.until(follower, "found 127.0.0.2:8080");
        assertThat(follower.all()).containsExactly("found 127.0.0.2:8080", BOTH, "found 127.0.0.2:8080");
    }

    @Test
    void namesTheRuleForSlicesWhereNeitherIsAllowed() {
        forbid("endpointslices");
        forbid("endpoints");
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, "unavailable");
        assertThat(follower.last())
                .contains("403 endpointslices is forbidden", "resources: [endpointslices], verbs: [list, watch]");
        for (int i = 0; i < 3; i++) {
            assertThat(lab.nextRequest()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(90));
            lab.hear("403 for slices");
            lab.hear("403 for Endpoints");
        }
        assertThat(follower.answers).hasSize(1);
        lab.server.put(endpoints("127.0.0.2"));
        lab.server.heal();
        forbid("endpointslices");
        lab.nextRequest();
        lab.until(follower, "found 127.0.0.2:8080");
    }

    @Test
    void saysOnceThatTheObjectIsTruncated() {
        forbid("endpointslices");
        ObjectNode json = endpoints("127.0.0.2");
        json.withObjectProperty("metadata")
                .putObject("annotations")
                .put("endpoints.kubernetes.io/over-capacity", "truncated");
        lab.server.put(json);
        try (CapturedLog log = CapturedLog.of(EndpointSliceSource.class)) {
            Follower follower = lab.follow("skippy", "found 127.0.0.2:8080");
            lab.server.awaitWatches(1);
            ((ObjectNode) json.path("subsets").path(0).path("addresses").path(0)).put("ip", "127.0.0.3");
            lab.server.put(json);
            lab.until(follower, "found 127.0.0.3:8080");
            assertThat(log.warnings()).hasSize(1);
            assertThat(log.warnings().get(0)).contains("1000 endpoints of more", "resources: [endpointslices]");
        }
    }

    @Test
    void readsWhateverIsSent() {
        forbid("endpointslices");
        ObjectNode json = endpoints("127.0.0.2", "fe80::1%eth0", "010.1.1.1", "");
        json.withArrayProperty("subsets").addNull();
        json.withArrayProperty("subsets").addObject().putNull("addresses").putNull("ports");
        json.withArrayProperty("subsets").add("x");
        lab.server.put(json);
        lab.follow("skippy", "found 127.0.0.2:8080");
    }
}
