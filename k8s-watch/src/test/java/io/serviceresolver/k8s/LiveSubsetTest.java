package io.serviceresolver.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.endpoint.AddressPolicy;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.Endpoint;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.source.Subscription;
import io.serviceresolver.testkit.ApiFault;
import io.serviceresolver.testkit.ApiVerb;
import io.serviceresolver.testkit.FakeCluster;
import io.serviceresolver.testkit.FakeNamespace;
import io.serviceresolver.testkit.FakePod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A resolver that selects Pods by their labels, from a change in the cluster to the Pod that is picked. */
class LiveSubsetTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeCluster cluster = FakeCluster.start();
    private final FakeNamespace shield = cluster.namespace("shield");
    private final EndpointSliceSource source = EndpointSliceSource.builder()
            .kubeconfig(WatchLab.kubeconfig(cluster.apiServer()))
            .route(Route.POD)
            .build();
    private final ServiceResolver resolver = ServiceResolver.builder()
            .source(source)
            .cluster(new ClusterContext("shield", ClusterContext.DEFAULT_DOMAIN))
            .addresses(AddressPolicy.standard().permitLoopback())
            .firstAnswerTimeout(PATIENCE)
            .build();

    @AfterEach
    void close() {
        resolver.close();
        cluster.close();
    }

    private FakePod pod(int number, String version) {
        return shield.pod("skippy-" + number)
                .label("app", "skippy")
                .label("ver", version)
                .ip("127.0.0." + number)
                .ready();
    }

    private static void await(ServiceHandle handle, String... addresses) throws InterruptedException {
        BlockingQueue<EndpointSet> sets = new LinkedBlockingQueue<>();
        Subscription subscription = handle.addListener(sets::add);
        try {
            EndpointSet set = handle.endpoints();
            while (!addresses(set).equals(List.of(addresses))) {
                set = sets.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(set).as("another set of %s", handle).isNotNull();
            }
        } finally {
            subscription.close();
        }
    }

    private static List<String> addresses(EndpointSet set) {
        return set.endpoints().stream().map(Endpoint::address).toList();
    }

    @Test
    void movesAPodFromOneSubsetToAnotherWhenItsLabelChanges() throws InterruptedException {
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        FakePod two = pod(2, "v1");
        pod(3, "v2");
        ServiceHandle v1 = resolver.service("skippy").subset("ver=v1");
        ServiceHandle v2 = resolver.service("skippy").subset("ver=v2");
        await(v1, "127.0.0.2");
        await(v2, "127.0.0.3");
        assertThat(v1.resolve().address()).isEqualTo("127.0.0.2");
        assertThat(v2.resolve().address()).isEqualTo("127.0.0.3");
        two.label("ver", "v2");
        await(v1);
        await(v2, "127.0.0.2", "127.0.0.3");
        assertThatThrownBy(v1::resolve).isInstanceOf(NoEndpointsException.class);
        two.label("ver", "v1");
        await(v1, "127.0.0.2");
        assertThat(v1.resolve().address()).isEqualTo("127.0.0.2");
    }

    @Test
    void selectsPodsWithoutAService() throws InterruptedException {
        pod(2, "v1");
        FakePod three = pod(3, "v2");
        ServiceHandle pods = resolver.select("app=skippy,ver notin (v2)", 8080);
        assertThat(pods.resolve().authority()).isEqualTo("127.0.0.2:8080");
        three.label("ver", "v3");
        await(pods, "127.0.0.2", "127.0.0.3");
        three.unready();
        await(pods, "127.0.0.2", "127.0.0.3");
        assertThat(pods.endpoints().size()).isEqualTo(2);
    }

    @Test
    void saysWhichRightIsMissingToSelectByLabels() {
        cluster.apiServer().on(ApiVerb.LIST, "pods").always(ApiFault.status(403).message("no"));
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        pod(2, "v1");
        assertThat(resolver.service("skippy").resolve().address()).isEqualTo("127.0.0.2");
        assertThatThrownBy(() -> resolver.service("skippy").subset("ver=v1").resolve())
                .isInstanceOf(NoEndpointsException.class)
                .hasMessageContaining("the rule {apiGroups: [\"\"], resources: [pods], verbs: [list, watch]}");
    }

    @Test
    void asksNothingForAMillionPicks() throws InterruptedException {
        shield.service("skippy").port("http", 80, 8080).selector("app", "skippy");
        pod(2, "v1");
        pod(3, "v1");
        ServiceHandle skippy = resolver.service("skippy");
        await(skippy, "127.0.0.2", "127.0.0.3");
        // The Service is known, too: else all Pods would be read after a second, and those that it selects later.
        cluster.apiServer().awaitWatches(2);
        ServiceHandle handle = skippy.subset("ver=v1");
        await(handle, "127.0.0.2", "127.0.0.3");
        cluster.apiServer().awaitWatches(3);
        long before = source.requests();
        for (int i = 0; i < 1_000_000; i++) {
            handle.resolve();
        }
        assertThat(before).isEqualTo(6);
        assertThat(source.requests()).isEqualTo(before);
    }
}
