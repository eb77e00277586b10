package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Conditions;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import io.serviceresolver.testkit.FakePod;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods that are found by their labels, without a Service. */
class PodSelectionTest {

    private static final ServicePort PORT = ServicePort.number(8080);

    private final FakeCluster cluster = FakeCluster.start();
    private final FakeNamespace shield = cluster.namespace("shield");
    private final WatchLab lab = new WatchLab(cluster.apiServer());

    @AfterEach
    void close() {
        lab.close();
    }

    private FakePod pod(int number, String version) {
        return shield.pod("skippy-" + number)
                .label("app", "skippy")
                .label("ver", version)
                .ip("127.0.0." + number)
                .ready();
    }

    private Follower select(String selector, String expected) {
        Follower follower = lab.select(selector, PORT);
        lab.until(follower, expected);
        return follower;
    }

    @Test
    void asksTheApiServerForThePodsThatMatch() {
        pod(2, "v1").node("node-1", "zone-a").hostname("skippy-0").label("topology.kubernetes.io/zone", "zone-a");
        pod(3, "v2");
        pod(4, "v3");
        Follower follower = select("app=skippy,ver in (v1,v2)", "found 127.0.0.2:8080 127.0.0.3:8080");
        assertThat(lab.server.requests(ApiVerb.LIST)).singleElement().satisfies(list -> {
            assertThat(list.path()).isEqualTo("/api/v1/namespaces/shield/pods");
            assertThat(list.parameter("labelSelector")).isEqualTo("app=skippy,ver in (v1,v2)");
        });
        assertThat(follower.set().traits().podLabels()).isEqualTo(PodLabels.KNOWN);
        assertThat(follower.set().endpoints().get(0))
                .isEqualTo(Endpoint.builder("127.0.0.2", 8080)
                        .uid(shield.pod("skippy-2").uid())
                        .podName("skippy-2")
                        .hostname("skippy-0")
                        .nodeName("node-1")
                        .zone("zone-a")
                        .labels(Map.of(
                                "app", "skippy",
                                "ver", "v1",
                                "topology.kubernetes.io/zone", "zone-a",
                                "kubernetes.io/hostname", "node-1"))
                        .build());
    }

    @Test
    void followsPodsAsTheirLabelsChange() {
        FakePod one = pod(2, "v1");
        FakePod two = pod(3, "v2");
        Follower follower = select("ver=v1", "found 127.0.0.2:8080");
        two.label("ver", "v1");
        lab.until(follower, "found 127.0.0.2:8080 127.0.0.3:8080");
        one.unlabel("ver");
        lab.until(follower, "found 127.0.0.3:8080");
        two.label("ver", "v2");
        lab.until(follower, "found");
        one.label("ver", "v1");
        lab.until(follower, "found 127.0.0.2:8080");
        one.delete();
        lab.until(follower, "found");
        assertThat(lab.source.requests()).isEqualTo(2);
    }

    @Test
    void givesPodsTheConditionsThatAServiceWouldGiveThem() {
        FakePod pod = pod(2, "v1").unready();
        Follower follower = select("ver=v1", "found 127.0.0.2:8080");
        assertConditions(follower, Conditions.NOT_READY);
        pod.ready();
        assertConditions(follower, Conditions.READY);
        pod.terminate();
        assertConditions(follower, Conditions.DRAINING);
        pod.unready();
        assertConditions(follower, Conditions.GONE);
        pod.phase("Failed");
        lab.until(follower, "found");
    }

    private void assertConditions(Follower follower, Conditions expected) {
        lab.until(
                () -> expected + " after " + follower.answers,
                () -> follower.set().endpoints().get(0).conditions().equals(expected));
    }

    @Test
    void findsANamedContainerPortInEachPod() {
        pod(2, "v1").containerPort("web", 8080);
        pod(3, "v1").containerPort("web", 9090).containerPort("metrics", 9100);
        pod(4, "v1");
        Follower web = lab.select("app=skippy", ServicePort.named("web"));
        lab.until(web, "found 127.0.0.2:8080 127.0.0.3:9090");
        Follower metrics = lab.select("app=skippy", ServicePort.named("metrics"));
        lab.until(metrics, "found 127.0.0.3:9100");
        Follower none = lab.select("app=skippy", ServicePort.named("admin"));
        lab.until(none, "refused: port: admin (expected: metrics, web)");
        // One watch for all ports.
        assertThat(lab.source.requests()).isEqualTo(2);
        shield.pod("skippy-4").containerPort("admin", 7070);
        lab.until(none, "found 127.0.0.4:7070");
    }

    @Test
    void callsAPodByItsFirstAddressThatCanBeReached() {
        shield.pod("dual").label("app", "skippy").ip("127.0.0.2", "fd00::2").ready();
        select("app=skippy", "found 127.0.0.2:8080");
        lab.context.topology().learn(new Topology(null, null, Set.of("fd00::9")));
        select("app in (skippy)", "found [fd00::2]:8080");
    }

    @Test
    void leavesTheGhostOutWhoseAddressAnotherPodHas() {
        pod(2, "v1").terminate();
        FakePod successor =
                shield.pod("skippy-9").label("app", "skippy").ip("127.0.0.2").ready();
        Follower follower = select("app=skippy", "found 127.0.0.2:8080");
        assertThat(follower.set().endpoints().get(0).id().uid()).isEqualTo(successor.uid());
    }

    @Test
    void findsNothingWithoutSayingThatThereIsNoService() {
        Follower follower = select("app=skippy", "found");
        pod(2, "v1");
        lab.until(follower, "found 127.0.0.2:8080");
    }

    @Test
    void namesTheRuleThatIsMissingAndHeals() {
        pod(2, "v1");
        lab.server.on(ApiVerb.LIST, "pods").next(ApiFault.status(403).message("no"));
        Follower follower = lab.select("app=skippy", PORT);
        lab.untilSaid(follower, "unavailable");
        assertThat(follower.last())
                .isEqualTo(
                        "unavailable: list pods in namespace shield: 403 no (expected: a Role in namespace shield with"
                                + " the rule {apiGroups: [\"\"], resources: [pods], verbs: [list, watch]}, bound to this Pod's"
                                + " service account)");
        assertThat(lab.nextRequest()).isBetween(Duration.ofSeconds(28), Duration.ofSeconds(90));
        lab.until(follower, "found 127.0.0.2:8080");
    }

    @Test
    void keepsWhatIsKnownWhileTheWatchIsBroken() {
        pod(2, "v1");
        Follower follower = select("app=skippy", "found 127.0.0.2:8080");
        lab.settle(2);
        Endpoint before = follower.set().endpoints().get(0);
        lab.server.on(ApiVerb.WATCH).always(ApiFault.status(503));
        lab.server.on(ApiVerb.LIST).always(ApiFault.status(503));
        lab.heard(lab.server::resetWatches);
        lab.afterRequests("unavailable", () -> follower.last().startsWith("unavailable"));
        lab.server.heal();
        lab.afterRequests("found again", () -> follower.last().startsWith("found"));
        assertThat(follower.set().endpoints().get(0)).isSameAs(before);
    }

    @Test
    void keepsTheObjectsOfAllPodsThatDidNotChange() {
        for (int i = 2; i < 52; i++) {
            pod(i, "v1");
        }
        Follower follower = lab.select("app=skippy", PORT);
        lab.until(
                () -> "50", () -> !follower.answers.isEmpty() && follower.set().size() == 50);
        var before = follower.set();
        shield.pod("skippy-30").unready();
        lab.until(() -> "one unready", () -> follower.set().readyCount() == 49);
        assertThat(follower.set().changes().updated()).hasSize(1);
        IdentityHashMap<Endpoint, Boolean> objects = new IdentityHashMap<>();
        before.endpoints().forEach(endpoint -> objects.put(endpoint, true));
        assertThat(follower.set().endpoints()).filteredOn(objects::containsKey).hasSize(49);
    }
}
