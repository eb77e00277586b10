package io.serviceresolver.apiserver;

import static io.serviceresolver.apiserver.RealPods.endpoint;
import static io.serviceresolver.apiserver.RealPods.service;
import static io.serviceresolver.apiserver.RealPods.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.serviceresolver.endpoint.Hints;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.source.SourceAnswer.Found;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What real API servers keep and send of hints and of a Service's traits. */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HintsRealTest {

    private static final String FOUND = "found 10.2.0.1:8080";

    private final RealNamespace cluster = RealNamespace.create();
    private final RealSource source = new RealSource(RealNamespace.kubeconfig(), cluster);

    @AfterAll
    void removeAll() {
        source.close();
        cluster.close();
    }

    private static EndpointSlice hinted(String service, String... zones) {
        EndpointBuilder hinted = new EndpointBuilder(endpoint("10.2.0.1"));
        for (String zone : zones) {
            hinted.editOrNewHints().addNewForZone(zone).endHints();
        }
        return slice(service, service + "-1").addToEndpoints(hinted.build()).build();
    }

    @Test
    void tellsHintsForZonesAsTheyAreWrittenAndChanged() throws InterruptedException {
        RealFollower zones = source.follow("zones");
        zones.until("absent");
        cluster.add(hinted("zones", "zone-a", "zone-b"));
        zones.until(FOUND);
        assertThat(zones.endpoint("10.2.0.1").hints()).isEqualTo(Hints.forZones("zone-a", "zone-b"));
        cluster.replace(hinted("zones", "zone-b"));
        zones.until("hints for zone-b", answer -> hints(answer).equals(Hints.forZones("zone-b")));
        cluster.replace(hinted("zones"));
        zones.until("no hints", answer -> hints(answer).equals(Hints.NONE));
    }

    @Test
    void tellsHintsForNodesWhereTheServerKeepsThem() throws InterruptedException {
        cluster.add(slice("nodes", "nodes-1")
                .addToEndpoints(new EndpointBuilder(endpoint("10.2.0.1"))
                        .withNewHints()
                        .addNewForNode("node-1")
                        .endHints()
                        .build())
                .build());
        RealFollower nodes = source.follow("nodes");
        nodes.until(FOUND);
        Hints hints = nodes.endpoint("10.2.0.1").hints();
        if (hints.equals(Hints.NONE)) {
            System.out.println("SKIPPED hints for nodes: this API server drops them");
        } else {
            assertThat(hints).isEqualTo(new Hints(Set.of("node-1"), Set.of()));
        }
    }

    private static Hints hints(Object answer) {
        return answer instanceof Found found && found.endpoints().size() == 1
                ? found.endpoints().endpoints().get(0).hints()
                : new Hints(Set.of("another"), Set.of());
    }

    @Test
    void followsTheTraitsOfTheService() throws InterruptedException {
        cluster.add(service("traits")
                .editSpec()
                .withSelector(Map.of())
                .withInternalTrafficPolicy("Local")
                .withSessionAffinity("ClientIP")
                .withNewSessionAffinityConfig()
                .withNewClientIP(600)
                .endSessionAffinityConfig()
                .endSpec()
                .build());
        cluster.add(hinted("traits"));
        RealFollower traits = source.follow("traits");
        traits.until(
                "found with session affinity",
                answer -> answer instanceof Found found
                        && found.endpoints().traits().sessionAffinity().equals(Duration.ofMinutes(10)));
        Found found = (Found) traits.last();
        // A server older than 1.22 does not keep it.
        String kept = cluster.service("traits").getSpec().getInternalTrafficPolicy();
        assertThat(found.endpoints().traits().internalTrafficPolicy())
                .isEqualTo("Local".equals(kept) ? InternalTrafficPolicy.LOCAL : InternalTrafficPolicy.CLUSTER);
        cluster.replace(service("traits")
                .editSpec()
                .withSelector(Map.of())
                .withSessionAffinity("None")
                .endSpec()
                .build());
        traits.until(
                "found without session affinity",
                answer -> answer instanceof Found now
                        && now.endpoints().traits().sessionAffinity().isZero());
    }
}
