package io.serviceresolver.apiserver;

import static io.serviceresolver.apiserver.RealPods.address;
import static io.serviceresolver.apiserver.RealPods.pod;
import static io.serviceresolver.apiserver.RealPods.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.serviceresolver.source.SourceAnswer.Found;
import io.serviceresolver.testkit.TcpProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real API server goes away and comes back, and forgets the past. */
@RealApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageRealTest {

    private final Optional<ApiServerControl> control = ApiServerControl.find();
    private final RealNamespace cluster = RealNamespace.create();

    @BeforeEach
    void findControl() {
        assumeTrue(control.isPresent());
    }

    @AfterAll
    void removeAll() {
        cluster.close();
    }

    @Test
    void keepsWhatItKnewWhileTheServerIsDownAndGoesOnWhenItIsBack() throws Exception {
        cluster.add(service("down").build());
        Pod one = pod(cluster, "down", "down-1").build();
        Pod two = pod(cluster, "down", "down-2").build();
        cluster.add(one);
        try (RealSource source = new RealSource(RealNamespace.kubeconfig(), cluster)) {
            RealFollower down = source.follow("down");
            down.until("found " + address(one) + ":8080");
            control.orElseThrow().stop();
            try {
                down.untilUnavailable("endpointslices");
            } finally {
                control.orElseThrow().start();
            }
            List<Found> sets = down.until("found " + address(one) + ":8080");
            assertThat(sets.stream().dropWhile(OutageRealTest::isEmpty))
                    .allMatch(found -> found.endpoints().size() == 1);
            cluster.add(two);
            down.until("found " + address(one) + ":8080, " + address(two) + ":8080");
        }
    }

    @Test
    void listsAnewWhereTheServerHasForgottenItsVersion(@TempDir Path folder) throws Exception {
        cluster.add(service("past").build());
        Pod one = pod(cluster, "past", "past-1").build();
        Pod two = pod(cluster, "past", "past-2").build();
        Pod three = pod(cluster, "past", "past-3").build();
        cluster.forEach(List.of(one, two), cluster::add);
        URI server = cluster.client().getMasterUrl().toURI();
        try (TcpProxy proxy = TcpProxy.to(new InetSocketAddress(server.getHost(), server.getPort()));
                RealSource source = new RealSource(RealProxy.kubeconfig(cluster, proxy, folder), cluster)) {
            RealFollower past = source.follow("past");
            past.until("found " + address(one) + ":8080, " + address(two) + ":8080");
            proxy.mode(TcpProxy.Mode.NOT_ACCEPTING).cut();
            String before = cluster.slicesOf("past").get(0).getMetadata().getResourceVersion();
            cluster.remove("past-2");
            cluster.add(three);
            awaitSlices(Set.of(address(one), address(three)));
            forget();
            assertThat(cluster.watchSlices(before)).contains("\"code\":410");
            proxy.mode(TcpProxy.Mode.PASS);
            List<Found> sets = past.until("found " + address(one) + ":8080, " + address(three) + ":8080");
            assertThat(sets.stream().dropWhile(OutageRealTest::isEmpty))
                    .allMatch(found -> found.endpoints().endpoints().stream()
                            .anyMatch(endpoint -> endpoint.address().equals(address(one))));
        }
    }

    /** Waits for the controller, which may take long to go on after the server was away. */
    private void awaitSlices(Set<String> addresses) throws InterruptedException {
        try (SliceWatch slices = new SliceWatch(cluster)) {
            assertThat(slices.await(now -> WrittenEndpoint.of(now.getOrDefault("past", List.of())).stream()
                            .map(WrittenEndpoint::address)
                            .collect(Collectors.toSet())
                            .equals(addresses)))
                    .isTrue();
        }
    }

    /** What may be found at first, before the controller has written a slice. */
    private static boolean isEmpty(Found found) {
        return found.endpoints().isEmpty();
    }

    /** Lets storage and cache know nothing older than now. */
    private void forget() throws IOException, InterruptedException {
        control.orElseThrow().compact();
        control.orElseThrow().stop();
        control.orElseThrow().start();
    }
}
