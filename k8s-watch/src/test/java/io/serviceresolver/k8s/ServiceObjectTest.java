package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.skippy;
import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiRequest;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import io.serviceresolver.testkit.SliceJson;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names that only the Service object can explain. */
class ServiceObjectTest {

    private final FakeCluster cluster = FakeCluster.start();
    private final FakeNamespace shield = cluster.namespace("shield");
    private final WatchLab lab = new WatchLab(cluster.apiServer(), WatchOptions.DEFAULTS);

    @AfterEach
    void close() {
        lab.close();
    }

    private void skippyWithTwoPorts() {
        shield.service("skippy")
                .port("web", 80, 8080)
                .port("metrics", 9090, 9100)
                .selector("app", "skippy");
        shield.pod("skippy-1").label("app", "skippy").ip("127.0.0.2").ready();
    }

    @Test
    void readsTheServiceForANumberAndFollowsIt() {
        skippyWithTwoPorts();
        Follower follower = lab.follow("skippy:80", "found 127.0.0.2:8080");
        assertThat(lab.server.requests(ApiVerb.LIST))
                .extracting(ApiRequest::target)
                .contains("/api/v1/namespaces/shield/services?fieldSelector=metadata.name%3Dskippy&resourceVersion=0");
        lab.server.awaitWatches(2);
        shield.service("skippy").port("admin", 81, 8081);
        Follower admin = lab.follow("skippy:81");
        lab.until(admin, "found 127.0.0.2:8081");
        lab.until(follower, "found 127.0.0.2:8080");
        assertThat(lab.source.apiRequests()).isEqualTo(4);
    }

    @Test
    void listsTheServicesPortsForANumberThatItDoesNotHave() {
        skippyWithTwoPorts();
        lab.follow("skippy:8080", "refused: port: 8080 (expected: one of the Service's ports: web 80, metrics 9090)");
        lab.follow("skippy", "refused: ports: web 80, metrics 9090 (expected: one named, as in skippy:web)");
    }

    @Test
    void takesANumberForThatOfThePodsWhereServicesAreForbidden() {
        skippyWithTwoPorts();
        lab.server.on(ApiVerb.LIST, "services").always(ApiFault.status(403).message("no"));
        Follower pods = lab.follow("skippy:9100", "found 127.0.0.2:9100");
        Follower service = lab.follow("skippy:80");
        lab.untilSaid(service, "port: 80 (expected: the name of a port");
        assertThat(service.last())
                .contains(
                        "list services in namespace shield: 403 no",
                        "{apiGroups: [\"\"], resources: [services], verbs: [list, watch]}");
        lab.settle(3);
        lab.server.heal();
        assertThat(lab.nextRequest()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(90));
        lab.hear("what came of it");
        // A watch that was silent for so long is replaced, perhaps before the Service is asked for again.
        lab.afterRequests("the Service", () -> service.last().equals("found 127.0.0.2:8080"));
        assertThat(pods.last()).contains("port: 9100 (expected: one of the Service's ports");
    }

    /** As statsd: what answers at that number of the Pods for TCP is something else. */
    @Test
    void callsNoUdpPortByTcp() {
        shield.service("skippy")
                .headless()
                .edit(service -> service.withObjectProperty("spec")
                        .withArrayProperty("ports")
                        .addObject()
                        .put("name", "statsd")
                        .put("port", 8125)
                        .put("protocol", "UDP"));
        lab.server.put(SliceJson.slice("skippy-1")
                .namespace("shield")
                .service("skippy")
                .port(port -> port.put("name", "statsd").put("port", 8125).put("protocol", "UDP"))
                .pod("127.0.0.2", "skippy-1")
                .json());
        String refused = "refused: ports: statsd 8125/UDP (expected: one for TCP)";
        lab.follow("skippy:8125", refused);
        lab.follow("skippy", refused);
    }

    @Test
    void saysWhyWhileTheServiceCannotBeRead() {
        skippyWithTwoPorts();
        lab.server.on(ApiVerb.LIST, "services").next(ApiFault.status(500));
        Follower follower = lab.follow("skippy:80");
        lab.untilSaid(follower, "unavailable: list services in namespace shield: 500");
        lab.nextRequest();
        lab.until(follower, "found 127.0.0.2:8080");
    }

    @Test
    void takesANumberAsItIsWhereThereIsNoService() {
        lab.server.put(skippy("hand-made").pod("127.0.0.2", "p").json());
        lab.follow("skippy:8080", "found 127.0.0.2:8080");
        Follower other = lab.follow("skippy:80");
        lab.untilSaid(other, "there is no Service skippy.shield");
    }

    @Test
    void takesANumberAsItIsForAHeadlessServiceWithoutPorts() {
        shield.service("skippy").headless().selector("app", "skippy");
        shield.pod("skippy-1").label("app", "skippy").ip("127.0.0.2").ready();
        lab.follow("skippy:7000", "found 127.0.0.2:7000");
    }

    @Test
    void mapsANumberToAnotherPortInEachSlice() {
        shield.service("skippy").port("web", 80, "web").selector("app", "skippy");
        shield.pod("skippy-1")
                .label("app", "skippy")
                .containerPort("web", 8080)
                .ip("127.0.0.2")
                .ready();
        shield.pod("skippy-2")
                .label("app", "skippy")
                .containerPort("web", 9999)
                .ip("127.0.0.3")
                .ready();
        lab.follow("skippy:80", "found 127.0.0.2:8080 127.0.0.3:9999");
    }

    @Test
    void callsAPodOfTwoFamiliesByTheServicesFirstOne() {
        shield.service("skippy").families("IPv6", "IPv4").port("web", 80, 8080).selector("app", "skippy");
        shield.pod("skippy-1").label("app", "skippy").ip("127.0.0.2", "fd00::2").ready();
        lab.follow("skippy:web", "found [fd00::2]:8080");
    }

    @Test
    void forgetsAServiceThatIsDeleted() {
        skippyWithTwoPorts();
        Follower follower = lab.follow("skippy:80", "found 127.0.0.2:8080");
        lab.settle(4);
        shield.service("skippy").delete();
        // Its slices may be gone a moment before it is, and its endpoints are kept for a moment after that.
        lab.until(() -> "the deletion", () -> {
            lab.advance(Duration.ofSeconds(2));
            return follower.last().startsWith("absent");
        });
        assertThat(follower.last())
                .isEqualTo("absent: no EndpointSlice with kubernetes.io/service-name=skippy in namespace shield");
    }
}
