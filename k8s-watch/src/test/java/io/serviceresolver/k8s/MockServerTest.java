package io.serviceresolver.k8s;

import static io.serviceresolver.k8s.WatchLab.skippy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.serviceresolver.endpoint.InternalTrafficPolicy;
import io.serviceresolver.testkit.ApiServer;
import io.serviceresolver.testkit.SliceJson;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mock server of the Kubernetes client, which many test with, and the client with the models that are left of it. */
class MockServerTest {

    private static final Logger log = LoggerFactory.getLogger(MockServerTest.class);

    private final KubernetesMockServer mock = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(List.of()), false);

    @BeforeEach
    void start() {
        mock.init();
    }

    @AfterEach
    void stop() {
        try {
            mock.destroy();
        } catch (IllegalStateException e) {
            // Where a WebSocket is closed while it is sent an event, the mock waits for itself, and gives up.
            log.warn("the mock server was not closed: {}", e.toString());
        }
    }

    private static EndpointSlice slice(SliceJson json) {
        return Serialization.unmarshal(json.json().toString(), EndpointSlice.class);
    }

    @Test
    void followsSlicesOnTheMockServerByAClientThatStaysOpen() {
        try (KubernetesClient client = mock.createClient();
                WatchLab lab = new WatchLab(ApiServer.start(), Transports.ofClient(client), WatchLab.SLICES)) {
            client.resource(slice(skippy("a").pod("10.0.0.1", "skippy-1"))).create();
            Follower follower = lab.follow("skippy", "found 10.0.0.1:8080");
            client.resource(slice(skippy("b").pod("10.0.0.2", "skippy-2"))).create();
            lab.until(follower, "found 10.0.0.1:8080 10.0.0.2:8080");
            client.resource(slice(skippy("b").pod("10.0.0.2", "skippy-2", false, true, true)))
                    .update();
            lab.until(
                    () -> "terminating",
                    () -> follower.set().endpoints().get(1).conditions().terminating());
            client.resource(slice(skippy("b"))).delete();
            lab.until(follower, "found 10.0.0.1:8080");
            // A list, a watch that the mock refuses, and one by WebSocket.
            assertThat(lab.source.apiRequests()).isEqualTo(3);
            lab.source.close();
            assertThat(client.discovery()
                            .v1()
                            .endpointSlices()
                            .inNamespace("shield")
                            .list()
                            .getItems())
                    .hasSize(1);
        }
    }

    @Test
    void readsTheServiceOnTheMockServer() {
        try (KubernetesClient client = mock.createClient();
                WatchLab lab = new WatchLab(ApiServer.start(), Transports.ofClient(client), WatchOptions.DEFAULTS)) {
            client.resource(slice(skippy("a").pod("10.0.0.1", "skippy-1"))).create();
            Service service = new ServiceBuilder()
                    .withNewMetadata()
                    .withNamespace("shield")
                    .withName("skippy")
                    .endMetadata()
                    .withNewSpec()
                    .withInternalTrafficPolicy("Local")
                    .addNewPort()
                    .withName("http")
                    .withPort(80)
                    .endPort()
                    .endSpec()
                    .build();
            client.resource(service).create();
            Follower follower = lab.follow("skippy:80", "found 10.0.0.1:8080");
            assertThat(follower.set().traits().internalTrafficPolicy()).isEqualTo(InternalTrafficPolicy.LOCAL);
        }
    }

    /** What the build leaves out of the client is really not needed: none of it is here, and all of the above works. */
    @Test
    void worksWithoutTheModelsThatAreLeftOut() {
        for (String left : List.of(
                "gatewayapi.v1.Gateway",
                "resource.v1beta1.ResourceClaim",
                "rbac.Role",
                "admissionregistration.v1.ValidatingWebhook",
                "apiextensions.v1.CustomResourceDefinition",
                "coordination.v1.Lease",
                "events.v1.Event",
                "flowcontrol.v1.FlowSchema",
                "networking.v1.Ingress",
                "metrics.v1beta1.PodMetrics",
                "policy.v1.PodDisruptionBudget",
                "scheduling.v1.PriorityClass",
                "storage.StorageClass",
                "node.v1.RuntimeClass")) {
            assertThatThrownBy(() -> Class.forName("io.fabric8.kubernetes.api.model." + left))
                    .isInstanceOf(ClassNotFoundException.class);
        }
        assertThatThrownBy(() -> Class.forName("io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
