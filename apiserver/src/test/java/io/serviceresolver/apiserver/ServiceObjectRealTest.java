package io.serviceresolver.apiserver;

import static io.serviceresolver.apiserver.RealPods.address;
import static io.serviceresolver.apiserver.RealPods.pod;
import static io.serviceresolver.apiserver.RealPods.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.source.SourceAnswer.Found;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the Service object says, with the defaults that a real API server fills in. */
@RealApiServer
class ServiceObjectRealTest {

    private final RealNamespace cluster = RealNamespace.create();
    private final RealSource source = new RealSource(RealNamespace.kubeconfig(), cluster);
    private final Pod pod = pod(cluster, "web", "web-1").build();

    @AfterEach
    void removeAll() {
        source.close();
        cluster.close();
    }

    private static EndpointSet last(List<Found> sets) {
        return sets.get(sets.size() - 1).endpoints();
    }

    @Test
    void isPartOfTheFirstSetAndFollowed() throws InterruptedException {
        cluster.add(pod);
        cluster.add(service("web")
                .editSpec()
                .withSessionAffinity("ClientIP")
                .endSpec()
                .build());
        String found = "found " + address(pod) + ":8080";
        RealFollower web = source.follow("web:80");
        EndpointSet first = last(web.until(found));
        assertThat(first.traits().sessionAffinity()).isEqualTo(Duration.ofHours(3));
        assertThat(first.traits().internalTrafficPolicy()).isEqualTo(InternalTrafficPolicy.CLUSTER);
        cluster.replace(
                service("web").editSpec().withSessionAffinity("None").endSpec().build());
        List<Found> after = web.until(
                "no affinity",
                answer -> answer instanceof Found now
                        && now.endpoints().traits().sessionAffinity().isZero());
        assertThat(last(after).endpoints()).isEqualTo(first.endpoints());
    }

    @Test
    void refusesAPortThatItHasNot() throws InterruptedException {
        cluster.add(pod);
        cluster.add(service("web").build());
        assertThat(source.follow("web:81").untilRefused("port: 81"))
                .isEqualTo("refused: port: 81 (expected: one of the Service's ports: http 80)");
    }
}
