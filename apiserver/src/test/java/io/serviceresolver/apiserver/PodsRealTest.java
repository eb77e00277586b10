package io.serviceresolver.apiserver;

import static io.serviceresolver.apiserver.RealPods.address;
import static io.serviceresolver.apiserver.RealPods.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.PodLabels;
import io.serviceresolver.endpoint.ServicePort;
import io.serviceresolver.source.SourceAnswer;
import io.serviceresolver.source.SourceAnswer.Found;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pods by their labels, as a real API server selects them and tells of their changes. */
@RealApiServer
class PodsRealTest {

    private final RealNamespace cluster = RealNamespace.create();
    private final RealSource source = new RealSource(RealNamespace.kubeconfig(), cluster);

    @AfterEach
    void removeAll() {
        source.close();
        cluster.close();
    }

    private Pod pod(String name, String version) {
        Pod pod = RealPods.pod(cluster, "web", name)
                .editMetadata()
                .addToLabels("ver", version)
                .endMetadata()
                .build();
        cluster.add(pod);
        return pod;
    }

    @Test
    void followsThePodsThatASelectorFinds() throws InterruptedException {
        Pod one = pod("web-1", "v1");
        Pod two = pod("web-2", "v2");
        String first = address(one) + ":8080";
        String second = address(two) + ":8080";
        RealFollower pods = source.select("app=web,ver in (v1,v3)", ServicePort.number(8080));
        pods.until("found " + first);
        assertThat(pods.endpoint(address(one)).labels())
                .containsEntry("ver", "v1")
                .containsEntry("app", "web");
        cluster.setLabels("web-2", Map.of("app", "web", "ver", "v3"));
        pods.until("found " + first + ", " + second);
        cluster.setReady("web-1", "False");
        pods.until("found " + first + " not ready, " + second);
        cluster.setReady("web-1", "True");
        pods.until("found " + first + ", " + second);
        cluster.terminate("web-1");
        pods.until("found " + first + " draining, " + second);
        cluster.remove("web-1");
        pods.until("found " + second);
        cluster.setLabels("web-2", Map.of("app", "web"));
        pods.until("found");
    }

    @Test
    void findsTheContainerPortByItsName() throws InterruptedException {
        Pod one = pod("web-1", "v1");
        source.select("ver=v1", ServicePort.named("web")).until("found " + address(one) + ":8080");
    }

    @Test
    void givesTheEndpointsOfAServiceTheLabelsOfTheirPodsAndFollowsThem() throws InterruptedException {
        cluster.add(service("web").build());
        Pod one = pod("web-1", "v1");
        RealFollower web = source.followWithLabels("web:http");
        web.until("found with labels", answer -> version(answer, address(one)).equals("v1"));
        assertThat(((Found) web.last()).endpoints().traits().podLabels()).isEqualTo(PodLabels.KNOWN);
        cluster.setLabels("web-1", Map.of("app", "web", "ver", "v2"));
        web.until(
                "found with other labels",
                answer -> version(answer, address(one)).equals("v2"));
        Pod two = pod("web-2", "v3");
        web.until(
                "another Pod with its labels",
                answer -> version(answer, address(two)).equals("v3"));
    }

    private static String version(SourceAnswer answer, String address) {
        if (answer instanceof Found found) {
            for (Endpoint endpoint : found.endpoints().endpoints()) {
                if (endpoint.address().equals(address)) {
                    return endpoint.labels().getOrDefault("ver", "");
                }
            }
        }
        return "";
    }
}
