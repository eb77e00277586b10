package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.serviceresolver.endpoint.Topology;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiRequest;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.FakeCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The zone of our own node, where only its name is known. */
class OwnZoneTest {

    private final FakeCluster cluster = FakeCluster.start();
    private final WatchLab lab = new WatchLab(cluster.apiServer());

    @AfterEach
    void close() {
        lab.close();
    }

    private void nodes() {
        cluster.node("node-1").zone("zone-a").ready();
        cluster.node("node-2").zone("zone-b").ready();
    }

    private List<ApiRequest> asked() {
        return lab.server.requests(ApiVerb.LIST).stream()
                .filter(request -> request.resource().equals("nodes"))
                .toList();
    }

    /** Follows something, and takes the list, its watch, and what came of the question for the node. */
    private void follow() {
        lab.follow("skippy");
        List.of("one", "another", "a third").forEach(lab::hear);
    }

    @Test
    void isReadOnce() {
        nodes();
        lab.topology.learn(Topology.of("node-1", null));
        follow();
        assertThat(lab.topology.current()).isEqualTo(Topology.of("node-1", "zone-a"));
        assertThat(asked())
                .extracting(ApiRequest::target)
                .containsExactly("/api/v1/nodes?fieldSelector=metadata.name%3Dnode-1&resourceVersion=0");
        lab.follow("other");
        lab.hear("the list of the other");
        assertThat(asked()).hasSize(1);
    }

    @Test
    void isReadWhenTheNodeIsLearntLater() {
        nodes();
        lab.follow("skippy");
        List.of("the list", "its watch").forEach(lab::hear);
        lab.topology.learn(Topology.of("node-2", null));
        lab.hear("the node");
        assertThat(lab.topology.current().zone()).isEqualTo("zone-b");
    }

    @Test
    void isNotReadWhereItIsKnownOrTheNodeIsNot() {
        nodes();
        lab.follow("skippy");
        List.of("the list", "its watch").forEach(lab::hear);
        lab.topology.learn(Topology.of("node-1", "zone-x"));
        assertThat(lab.source.requests()).isEqualTo(2);
        assertThat(lab.topology.current().zone()).isEqualTo("zone-x");
    }

    @Test
    void isNeverAskedForAgainWithoutTheRight() {
        nodes();
        lab.server.on(ApiVerb.LIST, "nodes").always(ApiFault.status(403));
        lab.topology.learn(Topology.of("node-1", null));
        try (CapturedLog log = CapturedLog.of(EndpointSliceSource.class)) {
            follow();
            assertThat(log.warnings()).isEmpty();
        }
        lab.server.heal();
        lab.advance(Duration.ofSeconds(60));
        assertThat(lab.source.requests()).isEqualTo(3);
        assertThat(lab.topology.current().zone()).isNull();
    }

    @Test
    void isAskedForAgainAfterAnotherFailure() {
        nodes();
        lab.server.on(ApiVerb.LIST, "nodes").next(ApiFault.status(500));
        lab.topology.learn(Topology.of("node-1", null));
        follow();
        assertThat(lab.topology.current().zone()).isNull();
        assertThat(lab.nextRequest()).isLessThan(Duration.ofSeconds(1));
        lab.hear("the node");
        assertThat(lab.topology.current().zone()).isEqualTo("zone-a");
    }

    @Test
    void staysUnknownWhereTheNodeHasNone() {
        cluster.node("node-1").ready();
        lab.topology.learn(Topology.of("node-1", null));
        follow();
        lab.advance(Duration.ofSeconds(60));
        assertThat(asked()).hasSize(1);
        assertThat(lab.topology.current().zone()).isNull();
    }
}
