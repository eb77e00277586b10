package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiRequest;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import io.serviceresolver.testkit.FakePod;
import io.serviceresolver.testkit.SliceJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The labels of Pods, on the endpoints of their Services. */
class PodLabelsTest {

    private static final String FOUND = "found 127.0.0.2:8080";

    private final FakeCluster cluster = FakeCluster.start();
    private final FakeNamespace shield = cluster.namespace("shield");
    private final WatchLab lab = new WatchLab(cluster.apiServer(), WatchOptions.DEFAULTS);

    @AfterEach
    void close() {
        lab.close();
    }

    private FakePod pod(int number, String version) {
        return shield.pod("skippy-" + number)
                .label("app", "skippy")
                .label("ver", version)
                .ip("127.0.0." + number)
                .node("node-1", "zone-a")
                .ready();
    }

    private Follower follow(String expected) {
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        return lab.follow("skippy", expected);
    }

    private void require() {
        lab.newest().requirePodLabels();
        lab.time.runDue();
    }

    private void untilLabels(Follower follower, PodLabels expected) {
        lab.until(
                () -> expected + " after " + follower.answers,
                () -> follower.set().traits().podLabels().equals(expected));
    }

    private static Map<String, String> labels(Follower follower, int index) {
        return follower.set().endpoints().get(index).labels();
    }

    private List<ApiRequest> podLists() {
        return podRequests(ApiVerb.LIST);
    }

    private List<ApiRequest> podRequests(ApiVerb verb) {
        return lab.server.requests(verb).stream()
                .filter(request -> request.resource().equals("pods"))
                .toList();
    }

    @Test
    void asksForNoPodsUntilLabelsAreNeeded() {
        pod(2, "v1");
        Follower follower = follow(FOUND);
        assertThat(follower.set().traits().podLabels()).isEqualTo(PodLabels.PENDING);
        assertThat(labels(follower, 0)).containsOnlyKeys("topology.kubernetes.io/zone", "kubernetes.io/hostname");
        assertThat(podLists()).isEmpty();
    }

    @Test
    void readsThePodsThatTheServiceSelects() {
        pod(2, "v1");
        shield.pod("other").label("app", "other").ip("127.0.0.9").ready();
        Follower follower = follow(FOUND);
        require();
        untilLabels(follower, PodLabels.KNOWN);
        assertThat(labels(follower, 0))
                .isEqualTo(Map.of(
                        "app", "skippy",
                        "ver", "v1",
                        "topology.kubernetes.io/zone", "zone-a",
                        "kubernetes.io/hostname", "node-1"));
        assertThat(podLists())
                .singleElement()
                .satisfies(list -> assertThat(list.parameter("labelSelector")).isEqualTo("app=skippy"));
    }

    @Test
    void readsAllPodsOfTheNamespaceWhereTheServiceCannotBeRead() {
        pod(2, "v1");
        lab.server.on(ApiVerb.LIST, "services").always(ApiFault.status(403));
        Follower follower = follow(FOUND);
        require();
        untilLabels(follower, PodLabels.KNOWN);
        assertThat(labels(follower, 0)).containsEntry("ver", "v1");
        assertThat(podLists())
                .singleElement()
                .satisfies(list -> assertThat(list.parameter("labelSelector")).isEmpty());
    }

    @Test
    void doesNotWaitForAServiceThatDoesNotCome() {
        pod(2, "v1");
        lab.server.on(ApiVerb.LIST, "services").always(ApiFault.mute());
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        Follower follower = lab.follow("skippy");
        lab.until(() -> FOUND, () -> {
            lab.advance(Duration.ofSeconds(1));
            return follower.last().equals(FOUND);
        });
        require();
        lab.advance(Duration.ofSeconds(1));
        untilLabels(follower, PodLabels.KNOWN);
        assertThat(labels(follower, 0)).containsEntry("ver", "v1");
    }

    @Test
    void followsLabelsAsTheyChange() {
        FakePod pod = pod(2, "v1");
        pod(3, "v1");
        Follower follower = follow("found 127.0.0.2:8080 127.0.0.3:8080");
        require();
        untilLabels(follower, PodLabels.KNOWN);
        Endpoint other = follower.set().endpoints().get(1);
        pod.label("ver", "v2");
        lab.until(
                () -> "v2 after " + follower.answers,
                () -> "v2".equals(labels(follower, 0).get("ver")));
        assertThat(follower.set().changes().updated()).hasSize(1);
        assertThat(follower.set().endpoints().get(1)).isSameAs(other);
    }

    @Test
    void convergesWhicheverOfSliceAndPodIsSeenFirst() {
        pod(2, "v1");
        Follower follower = follow(FOUND);
        require();
        untilLabels(follower, PodLabels.KNOWN);
        lab.server.awaitWatches(3);
        // A slice whose Pod nobody has seen yet.
        SliceJson early = WatchLab.skippy("early").pod("127.0.0.8", "late-pod");
        lab.server.put(early.json());
        lab.until(follower, "found 127.0.0.8:8080 127.0.0.2:8080");
        assertThat(labels(follower, 0)).doesNotContainKey("ver");
        PodJson pod =
                PodJson.pod("late-pod", "127.0.0.8").label("app", "skippy").label("ver", "v7");
        lab.server.put(pod.json());
        lab.until(() -> "v7", () -> "v7".equals(labels(follower, 0).get("ver")));
        // A Pod of another UID is another one, whatever its name.
        lab.server.put(pod.uid("another").json());
        lab.until(() -> "no labels", () -> !labels(follower, 0).containsKey("ver"));
        // And a Pod that is seen before its slice.
        pod(4, "v4");
        lab.until(
                () -> "v4 of " + follower.set(),
                () -> follower.set().endpoints().stream()
                        .anyMatch(endpoint -> "v4".equals(endpoint.labels().get("ver"))));
    }

    @Test
    void saysWhichRuleIsMissingAndFindsLabelsOnceItIsThere() {
        pod(2, "v1");
        lab.server.on(ApiVerb.LIST, "pods").always(ApiFault.status(403).message("no"));
        Follower follower = follow(FOUND);
        require();
        untilLabels(
                follower,
                PodLabels.unknown("list pods in namespace shield: 403 no (expected: a Role in namespace"
                        + " shield with the rule {apiGroups: [\"\"], resources: [pods], verbs: [list, watch]}, bound to this"
                        + " Pod's service account)"));
        assertThat(follower.last()).isEqualTo(FOUND);
        lab.server.heal();
        lab.afterRequests("labels", () -> follower.set().traits().podLabels().equals(PodLabels.KNOWN));
        assertThat(labels(follower, 0)).containsEntry("ver", "v1");
    }

    @Test
    void goesOnWithTheLabelsItKnowsWhileTheWatchOnPodsIsBroken() {
        pod(2, "v1");
        Follower follower = follow(FOUND);
        require();
        untilLabels(follower, PodLabels.KNOWN);
        lab.settle(6);
        lab.server.on(ApiVerb.WATCH, "pods").always(ApiFault.status(403));
        lab.server.on(ApiVerb.LIST, "pods").always(ApiFault.status(403));
        lab.heard(lab.server::resetWatches);
        int pods = podLists().size();
        lab.afterRequests("a list of Pods that is refused", () -> podLists().size() > pods);
        pod(3, "v3");
        lab.afterRequests("the new Pod", () -> follower.last().equals("found 127.0.0.2:8080 127.0.0.3:8080"));
        assertThat(follower.set().traits().podLabels()).isEqualTo(PodLabels.KNOWN);
        assertThat(labels(follower, 0)).containsEntry("ver", "v1");
        assertThat(labels(follower, 1)).doesNotContainKey("ver");
    }

    @Test
    void followsTheServiceToOtherPods() {
        pod(2, "v1");
        shield.pod("next")
                .label("app", "skippy")
                .label("track", "b")
                .ip("127.0.0.5")
                .ready();
        Follower follower = follow("found 127.0.0.5:8080 127.0.0.2:8080");
        require();
        untilLabels(follower, PodLabels.KNOWN);
        lab.server.awaitWatches(3);
        shield.service("skippy").selector("track", "b");
        lab.until(() -> "the other list", () -> podLists().size() == 2);
        assertThat(podLists().get(1).parameter("labelSelector")).isEqualTo("app=skippy,track=b");
        lab.until(() -> "one Pod", () -> {
            lab.advance(Duration.ofSeconds(2));
            return follower.last().equals("found 127.0.0.5:8080");
        });
        assertThat(labels(follower, 0)).containsEntry("track", "b");
        lab.until(() -> "the other watch", () -> podRequests(ApiVerb.WATCH).size() == 2);
        lab.server.awaitWatches(3);
    }

    @Test
    void endsAllWatchesWithTheLastSubscription() {
        pod(2, "v1");
        Follower follower = follow(FOUND);
        require();
        untilLabels(follower, PodLabels.KNOWN);
        lab.settle(6);
        lab.server.awaitWatches(3);
        lab.newest().close();
        lab.time.runDue();
        lab.server.awaitWatches(0);
        assertThat(lab.time.pending()).isZero();
    }
}
