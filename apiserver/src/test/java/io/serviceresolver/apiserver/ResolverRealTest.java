package io.serviceresolver.apiserver;

import static io.serviceresolver.apiserver.RealPods.address;
import static io.serviceresolver.apiserver.RealPods.pod;
import static io.serviceresolver.apiserver.RealPods.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.serviceresolver.NoEndpointsException;
import io.serviceresolver.ServiceHandle;
import io.serviceresolver.ServiceResolver;
import io.serviceresolver.call.Lease;
import io.serviceresolver.endpoint.ClusterContext;
import io.serviceresolver.endpoint.EndpointSet;
import io.serviceresolver.k8s.EndpointSliceSource;
import io.serviceresolver.k8s.Route;
import io.serviceresolver.source.Subscription;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A resolver with our source before the real API server: from a name to a Pod. */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResolverRealTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final RealNamespace cluster = RealNamespace.create();
    private final ServiceResolver resolver = ServiceResolver.builder()
            .source(EndpointSliceSource.builder()
                    .kubeconfig(RealNamespace.kubeconfig())
                    .route(Route.POD)
                    .build())
            .cluster(new ClusterContext(cluster.name(), ClusterContext.DEFAULT_DOMAIN))
            .firstAnswerTimeout(PATIENCE)
            .build();

    @AfterAll
    void removeAll() {
        resolver.close();
        cluster.close();
    }

    @Test
    void picksThePodsThatAreReadyOfAServiceByItsName() throws InterruptedException {
        cluster.add(service("web").build());
        Pod one = pod(cluster, "web", "web-1").build();
        Pod two = pod(cluster, "web", "web-2").build();
        cluster.forEach(List.of(one, two), cluster::add);
        ServiceHandle web = resolver.service("web.%s.svc:http".formatted(cluster.name()));
        await(web, set -> set.readyCount() == 2);
        assertThat(picked(web)).containsExactlyInAnyOrder(address(one), address(two));
        cluster.setReady("web-1", "False");
        await(web, set -> set.readyCount() == 1);
        assertThat(picked(web)).containsExactly(address(two));
        // Where none is ready, one that still serves while it ends is better than none.
        cluster.terminate("web-2");
        await(web, set -> set.readyCount() == 0);
        assertThat(picked(web)).containsExactly(address(two));
    }

    @Test
    void dividesAServiceByTheLabelsOfItsPodsAndSelectsPodsWithoutOne() throws InterruptedException {
        cluster.add(service("shop").build());
        Pod stable = versioned("shop-1", "v1");
        Pod canary = versioned("shop-2", "v2");
        ServiceHandle v2 = resolver.service("shop:http").subset("ver=v2");
        ServiceHandle pods = resolver.select("app=shop,ver in (v2,v3)", 8080);
        await(v2, set -> set.readyCount() == 1);
        await(pods, set -> set.readyCount() == 1);
        assertThat(picked(v2)).containsExactly(address(canary));
        assertThat(picked(pods)).containsExactly(address(canary));
        cluster.setLabels("shop-1", Map.of("app", "shop", "ver", "v2"));
        await(v2, set -> set.readyCount() == 2);
        await(pods, set -> set.readyCount() == 2);
        assertThat(picked(v2)).containsExactlyInAnyOrder(address(stable), address(canary));
        cluster.setLabels("shop-2", Map.of("app", "shop", "ver", "v1"));
        await(v2, set -> set.size() == 1);
        await(pods, set -> set.size() == 1);
        assertThat(picked(v2)).containsExactly(address(stable));
        assertThat(picked(pods)).containsExactly(address(stable));
    }

    private Pod versioned(String name, String version) {
        Pod pod = pod(cluster, "shop", name)
                .editMetadata()
                .addToLabels("ver", version)
                .endMetadata()
                .build();
        cluster.add(pod);
        return pod;
    }

    @Test
    void explainsWhatItChoosesAndDoesNotDrift() throws Exception {
        cluster.add(service("cart").build());
        Pod one = pod(cluster, "cart", "cart-1").build();
        cluster.add(one);
        ServiceHandle cart = resolver.service("cart:http");
        await(cart, set -> set.readyCount() == 1);
        String explained =
                cart.explain().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).text();
        assertThat(explained)
                .contains("cart." + cluster.name() + ":http: LIVE from watch, 1 of 1 endpoints chosen")
                .containsPattern(address(one) + ":8080 +cart-1 .* EndpointSlice " + cluster.name() + "/cart-.* chosen");
        assertThat(cart.drift().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).isNone())
                .isTrue();
    }

    @Test
    void failsWithTheReasonWhereThereIsNoSuchService() {
        assertThatThrownBy(() -> resolver.service("nobody").resolve())
                .isInstanceOf(NoEndpointsException.class)
                .hasMessageContaining(
                        "no EndpointSlice with kubernetes.io/service-name=nobody in namespace " + cluster.name());
    }

    private static Set<String> picked(ServiceHandle service) {
        Set<String> picked = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            try (Lease lease = service.acquire()) {
                picked.add(lease.endpoint().address());
            }
        }
        return picked;
    }

    private static void await(ServiceHandle service, Predicate<EndpointSet> wanted) throws InterruptedException {
        BlockingQueue<EndpointSet> sets = new LinkedBlockingQueue<>();
        Subscription subscription = service.addListener(sets::add);
        try {
            EndpointSet set = EndpointSet.EMPTY;
            while (set == EndpointSet.EMPTY || !wanted.test(set)) {
                set = sets.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(set).as("another set of %s", service.target()).isNotNull();
            }
        } finally {
            subscription.close();
        }
    }
}
