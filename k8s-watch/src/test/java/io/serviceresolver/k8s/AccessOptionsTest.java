package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.testkit.FakeCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the builder takes, and by which way it calls Services from where. */
class AccessOptionsTest {

    private final FakeCluster cluster = FakeCluster.start();
    private final Path kubeconfig = WatchLab.kubeconfig(cluster.apiServer());

    @BeforeEach
    void skippy() {
        cluster.namespace("shield")
                .service("skippy")
                .port("web", 80, 8080)
                .type("LoadBalancer")
                .ingress("127.0.0.9")
                .selector("app", "skippy");
        cluster.namespace("shield")
                .pod("skippy-1")
                .label("app", "skippy")
                .ip("127.0.0.2")
                .ready();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void isFoundBy(EndpointSliceSourceBuilder builder, String expected) {
        try (WatchLab lab = new WatchLab(cluster.apiServer(), builder.build())) {
            lab.follow("skippy", expected);
        }
        cluster.apiServer().restart();
    }

    @Test
    void callsPodsInsideAClusterAndWhatIsForCallersOutsideElsewhere() {
        // No test runs with KUBERNETES_SERVICE_HOST set.
        isFoundBy(EndpointSliceSource.builder().kubeconfig(kubeconfig), "found 127.0.0.9:80");
        isFoundBy(
                EndpointSliceSource.builder().inCluster().opener(Transports.ofKubeconfig(kubeconfig)),
                "found 127.0.0.2:8080");
        isFoundBy(EndpointSliceSource.builder().kubeconfig(kubeconfig).route(Route.POD), "found 127.0.0.2:8080");
        isFoundBy(EndpointSliceSource.builder().kubeconfig(kubeconfig).route(Route.CLUSTER_IP), "found 10.96.0.10:80");
        isFoundBy(EndpointSliceSource.builder().kubeconfig(kubeconfig).withoutServices(), "found 127.0.0.2:8080");
    }

    @Test
    void refusesWhatNeedsServicesWithoutServices() {
        assertThatThrownBy(() -> EndpointSliceSource.builder()
                        .withoutServices()
                        .route(Route.NODE_PORT)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("route: NODE_PORT (expected: POD or AUTO, with withoutServices())");
        assertThatThrownBy(() -> EndpointSliceSource.builder()
                        .withoutServices()
                        .families(FamilyPolicy.requireDualStack())
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("families: requireDualStack (expected: a policy that does not need the Service, with"
                        + " withoutServices())");
        assertThatThrownBy(() -> EndpointSliceSource.builder().nodeAddressTypes())
                .hasMessage("nodeAddressTypes: none (expected: one or more)");
    }

    @Test
    void takesNodeAddressesInTheOrderAskedFor() {
        cluster.namespace("shield").service("skippy").nodePort("web", 30080);
        cluster.node("a")
                .address("InternalIP", "127.0.0.3")
                .address("ExternalIP", "127.0.0.4")
                .ready();
        isFoundBy(EndpointSliceSource.builder().kubeconfig(kubeconfig).route(Route.NODE_PORT), "found 127.0.0.4:30080");
        isFoundBy(
                EndpointSliceSource.builder()
                        .kubeconfig(kubeconfig)
                        .route(Route.NODE_PORT)
                        .nodeAddressTypes(NodeAddressType.INTERNAL_IP),
                "found 127.0.0.3:30080");
    }

    @Test
    void namesTypesAsTheApiDoes() {
        assertThat(NodeAddressType.INTERNAL_DNS.apiName()).isEqualTo("InternalDNS");
        assertThat(NodeAddressType.EXTERNAL_DNS.isName()).isTrue();
    }
}
