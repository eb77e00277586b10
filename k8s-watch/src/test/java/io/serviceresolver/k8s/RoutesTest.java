package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.source.Subscription;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiRequest;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import io.serviceresolver.testkit.FakeService;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services of every type before an API server, by routes that do not lead to their Pods. */
class RoutesTest {

    private final FakeCluster cluster = FakeCluster.start();
    private final FakeNamespace shield = cluster.namespace("shield");
    private WatchLab lab = by(Route.NODE_PORT);

    @AfterEach
    void close() {
        lab.close();
    }

    private WatchLab by(Route route) {
        return new WatchLab(cluster.apiServer(), WatchOptions.DEFAULTS.with(AccessOptions.DEFAULTS.with(route)));
    }

    private FakeService skippy() {
        return shield.service("skippy")
                .port("web", 80, 8080)
                .type("NodePort")
                .nodePort("web", 30080)
                .selector("app", "skippy");
    }

    private void nodes() {
        cluster.node("a").address("InternalIP", "127.0.0.2").ready();
        cluster.node("b").address("InternalIP", "127.0.0.3").zone("zone-b").ready();
    }

    private Set<String> asked() {
        return lab.server.requests(ApiVerb.LIST).stream()
                .map(ApiRequest::resource)
                .collect(Collectors.toSet());
    }

    @Test
    void followsNodesAsTheyComeAndGo() {
        skippy();
        nodes();
        Follower follower = lab.follow("skippy", "found 127.0.0.2:30080 127.0.0.3:30080");
        lab.server.awaitWatches(2);
        cluster.node("a").unready();
        lab.until(follower, "found 127.0.0.3:30080");
        cluster.node("c").address("InternalIP", "127.0.0.4").ready();
        lab.until(follower, "found 127.0.0.3:30080 127.0.0.4:30080");
        cluster.node("b").delete();
        lab.until(follower, "found 127.0.0.4:30080");
        assertThat(asked()).containsOnly("services", "nodes");
        assertThat(lab.server.requests(ApiVerb.LIST).get(1).target()).isEqualTo("/api/v1/nodes?resourceVersion=0");
    }

    @Test
    void callsAHeadlessServiceByPodsOnly() {
        shield.service("skippy").headless().port("web", 80, 8080).selector("app", "skippy");
        lab.follow(
                "skippy",
                "refused: nodePort: none for port web 80 of type ClusterIP (expected: a Service of type NodePort or"
                        + " LoadBalancer that has node ports)");
    }

    @Test
    void followsTheSlicesByTheExternalTrafficPolicyLocal() {
        skippy().edit(service -> service.withObjectProperty("spec").put("externalTrafficPolicy", "Local"));
        nodes();
        shield.pod("skippy-1")
                .label("app", "skippy")
                .ip("10.1.0.1")
                .node("a", "zone-a")
                .ready();
        Follower follower = lab.follow("skippy", "found 127.0.0.2:30080");
        lab.server.awaitWatches(3);
        shield.pod("skippy-2")
                .label("app", "skippy")
                .ip("10.1.0.2")
                .node("b", "zone-b")
                .ready();
        lab.until(follower, "found 127.0.0.2:30080 127.0.0.3:30080");
        shield.pod("skippy-1").unready();
        lab.until(follower, "found 127.0.0.3:30080");
        assertThat(asked()).containsOnly("services", "nodes", "endpointslices");
    }

    @Test
    void namesTheClusterRoleThatNodesNeed() {
        skippy();
        nodes();
        lab.server.on(ApiVerb.LIST, "nodes").always(ApiFault.status(403).message("no"));
        Follower follower = lab.follow("skippy");
        lab.until(
                follower,
                "unavailable: list nodes: 403 no (expected: a ClusterRole with the rule {apiGroups: [\"\"], resources:"
                        + " [nodes], verbs: [list, watch]}, bound to this Pod's service account)");
        lab.settle(3);
        lab.server.heal();
        lab.afterRequests("the nodes", () -> follower.last().equals("found 127.0.0.2:30080 127.0.0.3:30080"));
    }

    @Test
    void sharesTheWatchOnNodesAndEndsItWithItsLastUse() {
        skippy();
        shield.service("other").port("web", 80, 8080).type("NodePort").nodePort("web", 30081);
        nodes();
        lab.follow("skippy", "found 127.0.0.2:30080 127.0.0.3:30080");
        lab.follow("other", "found 127.0.0.2:30081 127.0.0.3:30081");
        assertThat(lab.server.requests(ApiVerb.LIST))
                .extracting(ApiRequest::resource)
                .containsOnlyOnce("nodes");
        lab.settle(6);
        lab.server.awaitWatches(3);
        lab.subscriptions.forEach(Subscription::close);
        lab.time.runDue();
        lab.server.awaitWatches(0);
        assertThat(lab.time.pending()).isZero();
    }

    @Test
    void leavesTheInternalTrafficPolicyToKubeProxy() {
        skippy().edit(service -> service.withObjectProperty("spec")
                .put("internalTrafficPolicy", "Local")
                .put("sessionAffinity", "ClientIP"));
        nodes();
        Follower follower = lab.follow("skippy", "found 127.0.0.2:30080 127.0.0.3:30080");
        assertThat(follower.set().traits().internalTrafficPolicy()).isEqualTo(InternalTrafficPolicy.CLUSTER);
        assertThat(follower.set().traits().sessionAffinity()).isEqualTo(Duration.ofHours(3));
        assertThat(follower.set().traits().podLabels().status()).isEqualTo(PodLabels.Status.UNKNOWN);
    }

    @Test
    void followsTheAddressesOfALoadBalancer() {
        lab.close();
        lab = by(Route.LOAD_BALANCER);
        lab.server.restart();
        FakeService service = skippy().type("LoadBalancer");
        Follower follower = lab.follow("skippy", "found");
        lab.server.awaitWatches(1);
        service.ingress("127.0.0.7");
        lab.until(follower, "found 127.0.0.7:80");
        service.ingress("127.0.0.8", "127.0.0.9");
        lab.until(follower, "found 127.0.0.8:80 127.0.0.9:80");
        service.ingress();
        lab.until(follower, "found");
        assertThat(asked()).containsOnly("services");
    }

    @Test
    void callsAClusterIpUntilTheServiceIsDeleted() {
        lab.close();
        lab = by(Route.CLUSTER_IP);
        lab.server.restart();
        FakeService service = skippy();
        Follower follower = lab.follow("skippy", "found 10.96.0.10:80");
        Follower other = lab.follow("skippy:nope");
        lab.until(other, "refused: port: nope (expected: one of the Service's ports: web 80)");
        lab.server.awaitWatches(1);
        service.delete();
        lab.until(follower, "absent: there is no Service skippy.shield");
    }

    @Test
    void choosesTheWayFromOutsideAnewAsTheServiceChanges() {
        lab.close();
        lab = by(Route.AUTO);
        lab.server.restart();
        nodes();
        FakeService service = shield.service("skippy").port("web", 80, 8080);
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, "refused: type: ClusterIP (expected: a Service that can be called from outside");
        lab.server.awaitWatches(1);
        service.type("NodePort").nodePort("web", 30080);
        lab.until(follower, "found 127.0.0.2:30080 127.0.0.3:30080");
        service.type("LoadBalancer").ingress("127.0.0.7");
        lab.until(follower, "found 127.0.0.7:80");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500})
    void saysWhyTheServiceCannotBeRead(int status) {
        skippy();
        nodes();
        lab.server.on(ApiVerb.LIST, "services").always(ApiFault.status(status).message("no"));
        Follower follower = lab.follow("skippy");
        lab.untilSaid(follower, "unavailable: list services in namespace shield: " + status + " no");
        lab.server.heal();
        lab.nextRequest();
        lab.until(follower, "found 127.0.0.2:30080 127.0.0.3:30080");
    }

    @Test
    void keepsTheSetAsUnavailableWhenItIsNoLongerFollowed() {
        skippy();
        nodes();
        Follower follower = lab.follow("skippy", "found 127.0.0.2:30080 127.0.0.3:30080");
        lab.settle(4);
        lab.server.stop();
        lab.settle(6);
        while (follower.answers.size() == 1) {
            lab.nextRequest();
            lab.hear("that it failed");
        }
        assertThat(follower.last()).startsWith("unavailable: ");
    }
}
